/** The keywords of JSON schema that the published one uses; another one fails the test, so that none goes unchecked. */
export type Schema = { readonly [keyword: string]: unknown };

const ANNOTATIONS = new Set(['$schema', '$id', 'title', 'description']);

/** Whether a document satisfies a schema. @throws Error for a keyword that is not known here */
export function accepts(schema: Schema, value: unknown): boolean {
  return Object.entries(schema).every(
    ([keyword, wanted]) => ANNOTATIONS.has(keyword) || check(keyword, wanted, schema, value),
  );
}

function check(keyword: string, wanted: unknown, schema: Schema, value: unknown): boolean {
  const rule = RULES[keyword];
  if (rule === undefined) throw new Error(`unknown keyword ${keyword}`);
  return rule(wanted, value, schema);
}

type Rule = (wanted: unknown, value: unknown, schema: Schema) => boolean;

const RULES: Readonly<Record<string, Rule>> = {
  type: (wanted, value) => typeOf(value) === wanted,
  enum: (wanted, value) => (wanted as unknown[]).includes(value),
  anyOf: (wanted, value) => (wanted as Schema[]).some((option) => accepts(option, value)),
  pattern: (wanted, value) => typeof value !== 'string' || new RegExp(String(wanted), 'u').test(value),
  exclusiveMinimum: (wanted, value) => typeof value !== 'number' || value > Number(wanted),
  maximum: (wanted, value) => typeof value !== 'number' || value <= Number(wanted),
  minItems: (wanted, value) => !Array.isArray(value) || value.length >= Number(wanted),
  uniqueItems: (_, value) => !Array.isArray(value) || new Set(value).size === value.length,
  items: (wanted, value) => !Array.isArray(value) || value.every((item) => accepts(wanted as Schema, item)),
  required: (wanted, value) =>
    !isObject(value) || (wanted as string[]).every((key) => Object.hasOwn(value, key)),
  properties: (wanted, value) =>
    !isObject(value) ||
    Object.entries(wanted as Record<string, Schema>).every(
      ([key, inner]) => !Object.hasOwn(value, key) || accepts(inner, value[key]),
    ),
  additionalProperties: (_, value, { properties }) =>
    !isObject(value) || Object.keys(value).every((key) => Object.hasOwn(properties as object, key)),
};

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeOf(value) === 'object';
}

import { configJsonSchema } from '../config-json-schema.js';
import { KEY_EXAMPLES } from './key-examples.js';
import { code, page, table } from './markdown.js';

/** What of draft 7 the published schema makes use of. */
type Schema = {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly description?: string;
};

const MANY = 6;

/** docs/reference/configuration.md: every key with its type, default, description and an example. */
export function renderConfigurationPage(): string {
  const root = configJsonSchema() as Schema;
  return page('Configuration keys', [
    '`phantom-guard.config.json`, the key `phantomGuard` of package.json, or the file of the user. Where they lie, how two levels are joined and what is refused: [configuration.md](../configuration.md). An editor reads the same from schemas/config.schema.json.',
    keyTable(root),
    ...Object.entries(root.properties ?? {}).flatMap(([key, schema]) => [
      `## ${key}`,
      ...membersOf(schema).map(keyTable),
      `\`\`\`json\n${JSON.stringify({ [key]: example(key) }, null, 2)}\n\`\`\``,
    ]),
  ]);
}

function keyTable(schema: Schema): string {
  return table(
    ['key', 'value', 'default', ''],
    Object.entries(schema.properties ?? {}).map(([key, value]) => {
      const { text, fallback } = describe(value);
      const missing = schema.required?.includes(key) === true ? 'required' : '–';
      return [code(key), typeOf(value), fallback ?? missing, text];
    }),
  );
}

/** The objects that a value may be or hold. */
function membersOf(schema: Schema): readonly Schema[] {
  if (schema.properties !== undefined) return [schema];
  return [...(schema.anyOf ?? []), ...(schema.items === undefined ? [] : [schema.items])].flatMap(membersOf);
}

function typeOf(schema: Schema): string {
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.enum !== undefined && schema.enum.length <= MANY)
    return schema.enum.map((value) => code(JSON.stringify(value))).join(', ');
  if (schema.enum !== undefined) return '[codes](../signals/README.md)';
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {})}`;
  return schema.type ?? '';
}

/** A description names the default in its last sentence but one at most. */
function describe({ description = '' }: Schema): { readonly text: string; readonly fallback: string | null } {
  const [, value] = / Default: ([\w.-]*\w)\./.exec(description) ?? [];
  if (value === undefined) return { text: description, fallback: null };
  return { text: description.replace(` Default: ${value}.`, ''), fallback: code(value) };
}

function example(key: string): unknown {
  const value = Object.entries(KEY_EXAMPLES).find(([name]) => name === key)?.[1];
  if (value === undefined) throw new Error(`no example of ${key}`);
  return value;
}

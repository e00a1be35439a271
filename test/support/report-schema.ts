import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';

const FILE = path.resolve(import.meta.dirname, '../../schemas/report.schema.json');

/** The published schema, which takes more fields than it describes, as it will be in later versions. */
export const reportSchema: object = JSON.parse(readFileSync(FILE, 'utf8'));

const isDate = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);
const validate = new Ajv({ allErrors: true, formats: { date: isDate } }).compile(
  closed(reportSchema) as object,
);

/** What in a document the published schema doesn't allow or doesn't describe; empty where nothing is wrong. */
export function faultsInReport(document: unknown): readonly string[] {
  if (validate(document)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`.trim(),
  );
}

/** The same schema, with no field beside those that it describes. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'properties' in inner ? { ...inner, additionalProperties: false } : inner;
}

/** A JSON object whose members are read through `own`, so that names like `__proto__` mean nothing special. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** `value` as a JSON object, `null` for everything else. */
export function asRecord(value: unknown): JsonRecord | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : null;
}

/** The own member `key`; `undefined` when there is none. */
export function own(record: JsonRecord | null, key: string): unknown {
  return record !== null && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** The own member `key` as a JSON object. */
export function ownRecord(record: JsonRecord | null, key: string): JsonRecord | null {
  return asRecord(own(record, key));
}

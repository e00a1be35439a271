import type { GuardError } from '../errors.js';

/** Makes the error of the file that is being read; `detail` says what is wrong and where. */
export type Fail = (detail: string, cause?: unknown) => GuardError;

export type UnknownRecord = Readonly<Record<string, unknown>>;

/** `value` as an object; a missing one is empty. */
export function recordAt(value: unknown, where: string, fail: Fail): UnknownRecord {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) throw fail(`${where} is not an object`);
  return value;
}

/** The value of a field as an object; a missing one is empty. */
export function fieldAt(value: unknown, field: string, where: string, fail: Fail): UnknownRecord {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) throw fail(`${where}: ${field} is not an object`);
  return value;
}

export function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a field as a string; `null`, `false` (written by npm 5) and a missing value are `null`. */
export function stringAt(value: unknown, field: string, where: string, fail: Fail): string | null {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null || value === false) return null;
  throw fail(`${where}: ${field} is not a string`);
}

/** `value` as a list of strings; a missing one is empty. */
export function stringsAt(value: unknown, where: string, fail: Fail): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    throw fail(`${where} is not a list of strings`);
  }
  return value;
}

/** The own keys of `record` with their values, a key such as `__proto__` included. */
export function ownValue(record: UnknownRecord, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

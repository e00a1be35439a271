import type { EpochMs } from '../model/facts.js';
import type { FieldCheck } from './fact-codec.js';

/** The furthest that an ECMAScript time value reaches from 1970, in milliseconds. */
const MAX_TIME_MS = 8.64e15;

/** Milliseconds since 1970, whole. */
export function isTimeMs(value: unknown): value is EpochMs {
  return Number.isInteger(value) && Math.abs(value as number) <= MAX_TIME_MS;
}

/** A whole number from zero that a double holds exactly. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

export function isFlag(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

/** The same check, and `null` for what the registry did not say. */
export function orUnknown<T>(check: FieldCheck<T>): FieldCheck<T | null> {
  return (value): value is T | null => value === null || check(value);
}

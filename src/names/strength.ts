import type { Subject } from './subject.js';

/**
 * Upper bound of one finding's strength: names alone never block (prior −3, block at a score of 0.60, i.e.
 * log-odds 0.41).
 */
export const MAX_STRENGTH = 3.2;

/**
 * Letters of the imitated name → how much of the likeness counts: short names are near to many others by
 * chance.
 */
const BY_LENGTH = [0, 0.2, 0.2, 0.3, 0.45, 0.66, 0.8, 0.9, 1];
/**
 * Log₂ of the imitated name's monthly downloads from which the likeness counts in full, and below which it
 * counts least.
 */
const WELL_KNOWN = 24;
const HARDLY_KNOWN = 12;
const LEAST_SHARE = 0.35;

/** Strength of a likeness between the subject and an established name of the given popularity. */
export function strengthOf(likeness: number, imitated: string, popularity: number, subject: Subject): number {
  const letters = imitated.slice(imitated.indexOf('/') + 1).length;
  const length = imitated.startsWith('@') ? 1 : (BY_LENGTH[letters] ?? 1);
  const known = Math.min(1, Math.max(0, (popularity - HARDLY_KNOWN) / (WELL_KNOWN - HARDLY_KNOWN)));
  const owned = subject.ownedScope ? 0.5 : 1;
  return Math.min(MAX_STRENGTH, likeness * length * owned * (LEAST_SHARE + (1 - LEAST_SHARE) * known));
}

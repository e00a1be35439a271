import { existsSync, readFileSync } from 'node:fs';
import { hashText, mix } from '../../src/names/hash.js';
import type { Judged } from './measure.js';

const FILE = 'bench/names/judgements.tsv';
const SAMPLE = 50;

/** Fifty of the names that have a suggestion, in an order that only depends on the names. */
export function sampleSuggestions(judged: readonly Judged[]): Judged[] {
  return judged
    .filter(({ suggestions }) => suggestions.length > 0)
    .sort((a, b) => mix(hashText(a.name)) - mix(hashText(b.name)))
    .slice(0, SAMPLE);
}

/**
 * The share of the sample whose suggestions a person judged acceptable (`yes` in the third column of the
 * table: name, suggestions, verdict, reason). A name whose suggestions are others than those judged counts as
 * not acceptable until someone has looked at it.
 */
export function readVerdicts(sample: readonly Judged[]): { readonly acceptable: number } {
  const lines = existsSync(FILE) ? readFileSync(FILE, 'utf8').trim().split('\n') : [];
  const verdicts = new Map(
    lines.map((line) => line.split('\t')).map(([name, names, verdict]) => [`${name}\t${names}`, verdict]),
  );
  const accepted = sample.filter(
    ({ name, suggestions }) => verdicts.get(`${name}\t${suggestions.map((s) => s.name).join(' ')}`) === 'yes',
  );
  return { acceptable: accepted.length / sample.length };
}

import { existsSync, readFileSync } from 'node:fs';
import type { Judged } from './measure.js';

const FILE = 'bench/names/judgements.tsv';
const SAMPLE = 50;

/** Fifty of the names that have a suggestion, drawn once and for all by the seed. */
export function sampleSuggestions(judged: readonly Judged[], random: () => number): Judged[] {
  const pool = judged.filter(({ suggestions }) => suggestions.length > 0);
  const sample: Judged[] = [];
  while (sample.length < SAMPLE && pool.length > 0)
    sample.push(...pool.splice(Math.floor(random() * pool.length), 1));
  return sample;
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

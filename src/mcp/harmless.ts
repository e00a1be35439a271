import type { Signal } from '../model/signal.js';
import type { ExplainedSource, Explanation } from '../report/explain.js';
import { sanitize } from '../report/sanitize.js';

/** Stands where somebody else wrote free text: a model may take it for an instruction. */
export const LEFT_OUT = '(text of others, left out)';
/** Names, versions, dates, URLs and the like; evidence in our own words is one word too. */
const WORD = /^[\w@:/.,;+~#=%&?!'()*-]{1,214}$/;
/** Facts that are text of the package's owner, and those that should be one word. */
const OWNERS_TEXT: ReadonlySet<string> = new Set(['deprecated']);
const OWNERS_WORDS: ReadonlySet<string> = new Set(['repositoryUrl', 'latestVersion']);
/** Characters of any other text; a path of a tree is as long as a name or two. */
const LONGEST = 500;

type Value = string | number | boolean | null;

/** Evidence without free text, whoever wrote it: the owner of the package, or of the lockfile. */
export function withoutForeignText(signal: Signal): Signal {
  const evidence = Object.entries(signal.evidence).map(([key, value]) => [
    key,
    key === 'notice' ? LEFT_OUT : oneWord(value),
  ]);
  return { ...signal, evidence: Object.fromEntries(evidence) };
}

/** The sources of an explanation without free text of the package's owner. */
export function sourcesWithoutForeignText(sources: Explanation['sources']): readonly ExplainedSource[] {
  return sources.map((source) => ({
    ...source,
    facts: source.facts.map(({ fact, value }) => ({ fact, value: factValue(fact, value) })),
  }));
}

function factValue(fact: string, value: Value): Value {
  if (OWNERS_TEXT.has(fact) && value !== null) return LEFT_OUT;
  return OWNERS_WORDS.has(fact) ? oneWord(value) : value;
}

function oneWord(value: Value): Value {
  return typeof value === 'string' && !WORD.test(value) ? LEFT_OUT : value;
}

/** A plain document whose texts hold no control or invisible characters and are of bounded length. */
export function harmless<T>(value: T): T {
  if (typeof value === 'string') return shortened(sanitize(value)) as T;
  if (Array.isArray(value)) return value.map(harmless) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, harmless(inner)])) as T;
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}

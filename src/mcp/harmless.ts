import type { Signal } from '../model/signal.js';
import type { ExplainedSource, Explanation } from '../report/explain.js';
import { sanitize } from '../report/sanitize.js';

/** Stands where a package's owner wrote free text: a model may take it for an instruction. */
export const LEFT_OUT = '(text of the package’s owner, left out)';
/** Free text of packages, as evidence and as facts. */
const FREE_TEXT: ReadonlySet<string> = new Set(['notice', 'deprecated']);
/** What should be one word, and is left out where it is not. */
const ONE_WORD: ReadonlySet<string> = new Set(['repository', 'repositoryUrl', 'latestVersion']);
const WORD = /^[\w@:/.+~#-]{1,200}$/;
/** Characters of any other text; a path of a tree is as long as a name or two. */
const LONGEST = 500;

type Value = string | number | boolean | null;

/** Evidence without text that the package's owner could write. */
export function withoutOwnersText(signal: Signal): Signal {
  const evidence = Object.entries(signal.evidence).map(([key, value]) => [key, withheld(key, value)]);
  return { ...signal, evidence: Object.fromEntries(evidence) };
}

/** The sources of an explanation, likewise. */
export function sourcesWithoutOwnersText(sources: Explanation['sources']): readonly ExplainedSource[] {
  return sources.map((source) => ({
    ...source,
    facts: source.facts.map(({ fact, value }) => ({ fact, value: withheld(fact, value) })),
  }));
}

function withheld(key: string, value: Value): Value {
  if (typeof value !== 'string') return value;
  if (FREE_TEXT.has(key)) return LEFT_OUT;
  return ONE_WORD.has(key) && !WORD.test(value) ? LEFT_OUT : value;
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

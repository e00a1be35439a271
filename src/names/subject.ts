import type { ScopeLeader } from '../model/name-judgement.js';
import { symbolsOf } from './data/contexts.js';
import { EditHashes, MAX_LENGTH } from './edit-hashes.js';
import { type NameData, TARGET_POPULARITY } from './name-data.js';
import { findReplacements, type SingleEdit } from './single-edits.js';
import { solidSplits } from './solid-splits.js';
import { splitSolid } from './split-solid.js';
import { isSeparator } from './techniques/characters.js';

/**
 * Log₂ of the ratio of downloads below which a name is no imitation of another: squatters and typos get
 * downloads too.
 */
export const IMITATION_RATIO = 10;
/** Log₂ of the greatest monthly download count that a bucket can hold, and then some. */
const MOST_POPULAR = 31;

/** What a registry takes from the owner of a scope; other texts only pretend to lie in the scope. */
const REGISTRABLE = /^(?!.*xn--)[\x21-\x7e]+$/;

/** A name under judgement, taken apart once for all techniques. */
export interface Subject {
  /** As it was written. */
  readonly raw: string;
  /** In lower case. */
  readonly name: string;
  /** With its `@`; `null` for an unscoped name. */
  readonly scope: string | null;
  readonly base: string;
  /** The base cut at `-`, `_` and `.`. */
  readonly words: readonly string[];
  /** Where each word begins in `name`. */
  readonly wordStarts: readonly number[];
  /** Single characters that, replaced, make a target of the name. */
  readonly replacements: readonly SingleEdit[];
  /** Ways to cut a name of a single word into established words. */
  readonly resplits: readonly (readonly string[])[];
  /** The words again, with those that run together cut into established ones: at most a few ways. */
  readonly solidSplits: readonly (readonly string[])[];
  /** Log₂ bucket of its own downloads, `null` when it isn't established. */
  readonly popularity: number | null;
  /** Least popularity of a name that this one can be an imitation of. */
  readonly leastTarget: number;
  /** Is its scope owned by someone with an established package? */
  readonly ownedScope: boolean;
  readonly edits: EditHashes;
  /** Of `name`, as `data.contexts` wants them. */
  readonly symbols: Uint8Array;
  /** Positions `[editFrom, editTo)` where an edit leads to a name of another owner. */
  readonly editFrom: number;
  readonly editTo: number;
  readonly data: NameData;
}

/**
 * Decides, once for all techniques, whether `raw` can imitate anything. Whoever owns an established scope has the
 * standing of its best known package, so that new packages of known owners imitate nobody. `null` when every name is less than
 * 2¹⁰ times as popular, or the text is no possible name. Only within its own scope are edits behind the slash
 * an imitation, and then of its own owner: they are looked at for suggestions alone (`withinScope`).
 */
export function subjectOf(
  raw: string,
  popularity: number | null,
  data: NameData,
  withinScope = false,
): Subject | null {
  if (raw.length === 0 || raw.length > MAX_LENGTH) return null;
  const name = raw.toLowerCase();
  const slash = name.startsWith('@') ? name.indexOf('/') : -1;
  const base = name.slice(slash + 1);
  if (base === '' || slash === 1 || name.length > MAX_LENGTH) return null;
  const scope = slash > 0 ? name.slice(0, slash) : null;
  const owner = scope === null ? null : data.scopeLeader(scope);
  const standing = Math.max(popularity ?? 0, withinScope ? 0 : standingOf(owner, raw));
  const leastTarget = Math.max(TARGET_POPULARITY, standing + IMITATION_RATIO);
  if (leastTarget > MOST_POPULAR) return null;
  const wordStarts = startsOf(name, slash + 1);
  const words = wordStarts.map((start) => name.slice(start, wordEnd(name, start)));
  const edits = new EditHashes(name);
  const symbols = symbolsOf(name);
  const [editFrom, editTo] = slash > 0 && !withinScope ? [1, slash] : [slash + 1, name.length];
  const resplits = words.length === 1 && slash < 0 ? splitSolid(base, data) : [];
  return {
    raw,
    name,
    scope,
    base,
    words,
    wordStarts,
    replacements: findReplacements(edits, symbols, editFrom, editTo, data),
    resplits,
    solidSplits: solidSplits(words, resplits, data),
    popularity,
    leastTarget,
    ownedScope: owner !== null,
    edits,
    symbols,
    editFrom,
    editTo,
    data,
  };
}

/** Popularity that a name has through the owner of its scope. */
function standingOf(owner: ScopeLeader | null, raw: string): number {
  return owner !== null && REGISTRABLE.test(raw) ? owner.popularity : 0;
}

/** Where words begin in `name` from `from` on, cut at separators. */
function startsOf(name: string, from: number): number[] {
  const starts: number[] = [];
  for (let at = from; at < name.length; at = wordEnd(name, at) + 1)
    if (!isSeparator(name.charCodeAt(at))) starts.push(at);
  return starts;
}

function wordEnd(name: string, start: number): number {
  let end = start;
  while (end < name.length && !isSeparator(name.charCodeAt(end))) end++;
  return end;
}

import type { Fail } from '../shape.js';

/** How much aliases may add up to: characters, and members of maps and lists. */
const MAX_ALIASED = 1_000_000;

/** The part of js-yaml's state that its types leave out. */
type ParserState = { readonly anchorMap: Readonly<Record<string, unknown>>; readonly result: unknown };

/** Refuses a YAML text in which a few aliases (`*name`) stand for far more content than there is text. */
export class AliasLimit {
  readonly #fail: Fail;
  #size = 0;
  #hasAnchors = false;

  constructor(fail: Fail) {
    this.#fail = fail;
  }

  /** js-yaml calls it before and after each node. Without an anchor in the text nothing is counted. */
  readonly note = (event: string, state: object): void => {
    if (event !== 'close') return;
    const { anchorMap, result } = state as ParserState;
    if (!hasKey(anchorMap)) return;
    this.#hasAnchors = true;
    this.#add(result);
  };

  /** Counts everything as often as a reader would meet it. */
  assertSmall(documents: readonly unknown[]): void {
    if (!this.#hasAnchors) return;
    this.#size = 0;
    const open: unknown[] = [...documents];
    for (let next = open.pop(); open.length > 0 || next !== undefined; next = open.pop()) {
      this.#add(next);
      if (typeof next === 'object' && next !== null) for (const one of Object.values(next)) open.push(one);
    }
  }

  #add(value: unknown): void {
    this.#size += sizeOf(value);
    if (this.#size > MAX_ALIASED) throw this.#fail('aliases (*name) multiply its content beyond all measure');
  }
}

function hasKey(map: Readonly<Record<string, unknown>>): boolean {
  for (const key in map) if (Object.hasOwn(map, key)) return true;
  return false;
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 1;
  return typeof value === 'object' && value !== null ? Object.keys(value).length + 1 : 1;
}

import { BASE, hashText } from './hash.js';

/** npm's limit on names; longer texts are never compared. */
export const MAX_LENGTH = 214;

const POWERS = new Int32Array(MAX_LENGTH + 3);
POWERS[0] = 1;
for (let i = 1; i < POWERS.length; i++) POWERS[i] = Math.imul(POWERS[i - 1] as number, BASE);

/**
 * Polynomial hashes of all texts one edit away from `text`, each in constant time. A text with a character `c`
 * put in has the hash `base + c × weight`, modulo 2^32, so that trying the whole alphabet costs one
 * multiplication a letter.
 */
export class EditHashes {
  readonly text: string;
  /** Hashes of `text[0, i)`. */
  readonly #prefix: Int32Array;

  constructor(text: string) {
    this.text = text;
    this.#prefix = new Int32Array(text.length + 1);
    for (let i = 0, hash = 0; i < text.length; i++) {
      hash = (Math.imul(hash, BASE) + text.charCodeAt(i)) | 0;
      this.#prefix[i + 1] = hash;
    }
  }

  /** Hash of `text[from, to)`. */
  of(from: number, to: number): number {
    return (
      ((this.#prefix[to] as number) - Math.imul(this.#prefix[from] as number, POWERS[to - from] as number)) |
      0
    );
  }

  /** Without the character at `i`. */
  without(i: number): number {
    return this.#join(this.#prefix[i] as number, i + 1, this.text.length);
  }

  /** With the characters at `i` and `i + 1` exchanged. */
  swapped(i: number): number {
    const first = (Math.imul(this.#prefix[i] as number, BASE) + this.text.charCodeAt(i + 1)) | 0;
    return this.#join((Math.imul(first, BASE) + this.text.charCodeAt(i)) | 0, i + 2, this.text.length);
  }

  /** Base for a character put in front of position `i` of `text[0, end)`; its weight is `weight(end - i)`. */
  insertBase(i: number, end = this.text.length): number {
    return this.#join(Math.imul(this.#prefix[i] as number, BASE), i, end);
  }

  /** Base for another character at position `i` of `text[0, end)`; its weight is `weight(end - i - 1)`. */
  replaceBase(i: number, end = this.text.length): number {
    return this.#join(Math.imul(this.#prefix[i] as number, BASE), i + 1, end);
  }

  /** With `insert` in place of the `removed` characters at `i`. */
  spliced(i: number, removed: number, insert: string): number {
    return this.#join(
      hashText(insert, 0, insert.length, this.#prefix[i] as number),
      i + removed,
      this.text.length,
    );
  }

  /** Hash of `before`, `text[from, to)` and `after` in a row. */
  wrapped(before: string, from: number, to: number, after: string): number {
    const head = (Math.imul(hashText(before), POWERS[to - from] as number) + this.of(from, to)) | 0;
    return hashText(after, 0, after.length, head);
  }

  #join(head: number, rest: number, end: number): number {
    return (Math.imul(head, POWERS[end - rest] as number) + this.of(rest, end)) | 0;
  }
}

/** What a character counts in the hash of a text that goes on for `following` characters behind it. */
export function weight(following: number): number {
  return POWERS[following] as number;
}

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
  /** Hashes of `text[0, i)`; a plain array, since typed ones of this length are costly to allocate. */
  readonly #prefix: number[];

  constructor(text: string) {
    this.text = text;
    const prefix = new Array<number>(text.length + 1);
    prefix[0] = 0;
    for (let i = 0, hash = 0; i < text.length; i++) {
      hash = (Math.imul(hash, BASE) + text.charCodeAt(i)) | 0;
      prefix[i + 1] = hash;
    }
    this.#prefix = prefix;
  }

  /** Hash of `text[from, to)`. */
  of(from: number, to: number): number {
    return (
      ((this.#prefix[to] as number) - Math.imul(this.#prefix[from] as number, POWERS[to - from] as number)) |
      0
    );
  }

  /** `text[0, end)` without the character at `i`. */
  without(i: number, end = this.text.length): number {
    return this.append(this.#prefix[i] as number, i + 1, end);
  }

  /** `text[0, end)` with the characters at `i` and `i + 1` exchanged. */
  swapped(i: number, end = this.text.length): number {
    const first = (Math.imul(this.#prefix[i] as number, BASE) + this.text.charCodeAt(i + 1)) | 0;
    return this.append((Math.imul(first, BASE) + this.text.charCodeAt(i)) | 0, i + 2, end);
  }

  /** With the character at `from` taken out, and put in at position `to` of what is left. */
  moved(from: number, to: number): number {
    const { length } = this.text;
    const character = this.text.charCodeAt(from);
    if (to < from) {
      const head = (Math.imul(this.#prefix[to] as number, BASE) + character) | 0;
      return this.append(this.append(head, to, from), from + 1, length);
    }
    const head = this.append(this.#prefix[from] as number, from + 1, to + 1);
    return this.append((Math.imul(head, BASE) + character) | 0, to + 1, length);
  }

  /** Base for a character put in front of position `i` of `text[0, end)`; its weight is `weight(end - i)`. */
  insertBase(i: number, end = this.text.length): number {
    return this.append(Math.imul(this.#prefix[i] as number, BASE), i, end);
  }

  /** Base for another character at position `i` of `text[0, end)`; its weight is `weight(end - i - 1)`. */
  replaceBase(i: number, end = this.text.length): number {
    return this.append(Math.imul(this.#prefix[i] as number, BASE), i + 1, end);
  }

  /** `text[0, end)` with `insert` in place of the `removed` characters at `i`. */
  spliced(i: number, removed: number, insert: string, end = this.text.length): number {
    return this.append(hashText(insert, 0, insert.length, this.#prefix[i] as number), i + removed, end);
  }

  /** Hash of `before`, `text[from, to)` and `after` in a row. */
  wrapped(before: string, from: number, to: number, after: string): number {
    const head = (Math.imul(hashText(before), POWERS[to - from] as number) + this.of(from, to)) | 0;
    return hashText(after, 0, after.length, head);
  }

  /** Hash of a text of the hash `head` with `text[from, to)` behind it. */
  append(head: number, from: number, to: number): number {
    return (Math.imul(head, POWERS[to - from] as number) + this.of(from, to)) | 0;
  }
}

/** What a character counts in the hash of a text that goes on for `following` characters behind it. */
export function weight(following: number): number {
  return POWERS[following] as number;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sanitize } from '../../../src/report/sanitize.js';

describe('foreign text', () => {
  it('keeps what is printable, letters of every script included', () => {
    expect(sanitize('@scope/naïve-包 1.0')).toBe('@scope/naïve-包 1.0');
  });

  it.each([
    ['an escape sequence', '\u001b[31mred', '\\u{1b}[31mred'],
    ['a newline', 'a\nb', 'a\\u{a}b'],
    ['a C1 control', 'a\u009bb', 'a\\u{9b}b'],
    ['a bidirectional override', 'a\u202eb', 'a\\u{202e}b'],
    ['a zero-width space', 'a\u200bb', 'a\\u{200b}b'],
    ['a tag character', 'a\u{e0041}b', 'a\\u{e0041}b'],
    ['a variation selector that carries hidden bytes', 'a\u{e0121}b', 'a\\u{e0121}b'],
    ['the first and last of the tags', '\u{e0000}\u{e007f}', '\\u{e0000}\\u{e007f}'],
  ])('shows %s instead of obeying it', (_, raw, shown) => {
    expect(sanitize(raw)).toBe(shown);
  });

  it('never holds a control character, whatever came in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        expect(/\p{Cc}/u.test(sanitize(raw))).toBe(false);
      }),
    );
  });
});

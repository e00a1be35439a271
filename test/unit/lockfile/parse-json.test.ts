import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonError } from '../../../src/lockfile/json-error-offset.js';
import { countKeyMarks, countKeys } from '../../../src/lockfile/json-keys.js';
import { parseLockfileJson } from '../../../src/lockfile/parse-json.js';

const parse = (text: string): unknown => parseLockfileJson({ text, file: 'package-lock.json' });

describe('the JSON of a lockfile', () => {
  it('is what JSON.parse makes of it', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parse(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['{"a": 1, "b": {"c": 1,\n  "c": 2}}', 'the key "c"', '2:3'],
    ['{"a" : 1, "a"\n:2}', 'the key "a"', '1:11'],
    ['{"a": "\\":", "a": ":"}', 'the key "a"', '1:14'],
    ['[{"\\u0061": 1, "a": 2}]', 'the key "a"', '1:16'],
    ['{"__proto__": 1, "__proto__": 2}', 'the key "__proto__"', '1:18'],
  ])('has no key twice: %s', (text, key, position) => {
    const message = expect.stringContaining(`package-lock.json:${position}: ${key}`);
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'LOCKFILE_DUPLICATE_KEY', message }));
  });

  it('may have in its strings what looks like a key', () => {
    expect(parse('{"a": ["\\":", ":", " :", "\\\\"]}')).toEqual({ a: ['":', ':', ' :', '\\'] });
  });

  it('has at least as many marks of keys as keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2, '\t'), (value, indent) => {
        expect(countKeyMarks(JSON.stringify(value, null, indent))).toBeGreaterThanOrEqual(countKeys(value));
      }),
    );
  });

  it.each([
    ['{"a": 1,}', 'at 1:9'],
    ['{"a": 1} x', 'at 1:10'],
    ['[1, 2', 'at 1:6'],
    ['[1}', 'at 1:3'],
    ['{"a": "\\x"}', 'at 1:7'],
    ['{"a": truely}', 'at 1:7'],
    ['{1: 2}', 'at 1:2'],
    ['[1],', 'at 1:4'],
    ['{"a" 1}', 'at 1:6'],
    ['{\n  "a": x}', 'at 2:8'],
    ['{\n  "a"', 'at 2:6'],
    ['{"a": "\n"}', 'at 1:7'],
    ['', 'at 1:1'],
  ])('is refused with the position: %j', (text, position) => {
    const message = expect.stringContaining(position);
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'LOCKFILE_UNREADABLE', message }));
  });

  it('is wrong nowhere where JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(findJsonError(text)).toBe(text.length);
      }),
    );
  });

  it.each(['<<<<<<< HEAD', '<<<<<<<', '>>>>>>> theirs'])('has no merge conflict in it: %s', (marker) => {
    const message = expect.stringContaining('package-lock.json:2:1');
    expect(() => parse(`{\n${marker}\r\n}`)).toThrow(
      expect.objectContaining({ code: 'LOCKFILE_CONFLICT', message }),
    );
  });

  it('may have the marker of a conflict inside of a string', () => {
    expect(parse('{"a": "<<<<<<< HEAD"}')).toEqual({ a: '<<<<<<< HEAD' });
  });

  it('may be nested as deeply as it likes', () => {
    const text = `${'['.repeat(100_000)}{"a":1}${']'.repeat(100_000)}`;
    expect(() => parse(text)).not.toThrow();
  });
});

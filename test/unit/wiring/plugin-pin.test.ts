import { describe, expect, it } from 'vitest';
import { addPin, pinIn, removePin } from '../../../src/wiring/plugin-pin.js';

const PIN = '1.2.3+sha512-aaaa==';
const NEWER = '1.3.0+sha512-bbbb==';

const FILES: readonly (readonly [string, string])[] = [
  ['an empty file', ''],
  ['other settings', 'packages:\n  - a\n'],
  ['no line end at the end', 'packages: [a]'],
  ['comments and a start of the document', '# mine\n---\npackages:\n  - a\n'],
  ['a byte order mark and CRLF', '\uFEFFpackages:\r\n  - a\r\n'],
  ['another config dependency', 'configDependencies:\n    zq-other: 1.0.0+sha512-x\n\npackages: []\n'],
  ['another one with quotes and comments', '"configDependencies": # ours\n  # c\n  "zq-other": "1.0.0"'],
  ['an empty list of them', 'configDependencies:\npackages: []\n'],
  ['an empty list of them at the end', 'packages: []\nconfigDependencies:\n'],
];

describe('the line of the plugin in pnpm-workspace.yaml', () => {
  it.each(FILES)('goes into %s, and out again without a trace', (_, text) => {
    const pinned = addPin(text, PIN);
    expect(pinIn(text)).toBeNull();
    expect(pinIn(pinned)).toBe(PIN);
    expect(addPin(pinned, PIN)).toBe(pinned);
    expect(removePin(pinned)).toBe(text);
  });

  it.each(FILES)('is brought up to date in %s', (_, text) => {
    expect(addPin(addPin(text, PIN), NEWER)).toBe(addPin(text, NEWER));
  });

  it('makes a file where there is none, which goes with it', () => {
    const made = addPin(null, PIN);
    expect(made).toContain(`configDependencies:\n  pnpm-plugin-phantom-guard: ${PIN}\n`);
    expect(removePin(made)).toBeNull();
    expect(removePin(`${made}packages: []\n`)).toBe('packages: []\n');
  });

  it('leaves what somebody added to it meanwhile', () => {
    const grown = `${addPin('', PIN)}  zq-other: 1.0.0\n`;
    expect(removePin(grown)).toBe('configDependencies:\n  zq-other: 1.0.0\n');
  });

  it('keeps a comment behind it, and is read whatever the quotes', () => {
    const text = `configDependencies:\n  'pnpm-plugin-phantom-guard': "${PIN}" # why\n`;
    expect(pinIn(text)).toBe(PIN);
    expect(addPin(text, NEWER)).toBe(`configDependencies:\n  'pnpm-plugin-phantom-guard': ${NEWER} # why\n`);
  });

  it('is not what has its name elsewhere', () => {
    const text = `catalog:\n  pnpm-plugin-phantom-guard: ${PIN}\n`;
    expect(pinIn(text)).toBeNull();
    expect(removePin(text)).toBe(text);
  });
});

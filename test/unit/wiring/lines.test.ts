import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asBytes } from '../../../src/wiring/change.js';
import { addSetting, npmrcSetting, removeSetting, replaceSetting } from '../../../src/wiring/npmrc.js';
import { addStartLines, hasStartLine, removeStartLines } from '../../../src/wiring/start-lines.js';
import { unifiedDiff } from '../../../src/wiring/unified-diff.js';

const KEY = 'script-shell';
const GATE = '/home/é/gate';
/** Any bytes, with line ends and lines that look like ours more often than by chance. */
const anyFile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\n',
        '\r\n',
        '\u00EF\u00BB\u00BF',
        '[x]',
        'script-shell=/bin/bash',
        ' script-shell = "/b"',
        '# a',
        'k=v',
      ),
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text).toString('latin1')),
    ),
  )
  .map((parts) => asBytes(parts.join('')));

describe('a setting in .npmrc', () => {
  it('goes in and out of any file without another change', () => {
    fc.assert(
      fc.property(fc.option(anyFile), (bytes) => {
        const wired = addSetting(bytes, KEY, GATE);
        expect(npmrcSetting(wired, KEY)).toBe(GATE);
        expect(removeSetting(wired, KEY)).toEqual(bytes);
      }),
    );
  });

  it('makes lines with the same key comments, above the first section', () => {
    const wired = addSetting(
      Buffer.from('script-shell = "/bin/a"\r\n[s]\r\nscript-shell=/bin/b\r\n'),
      KEY,
      '/g',
    );
    expect(wired.toString()).toBe(
      '# phantom-guard-install init\r\nscript-shell=/g\r\n# phantom-guard-install init keeps: script-shell = "/bin/a"\r\n[s]\r\nscript-shell=/bin/b\r\n',
    );
  });

  it.each([
    ['script-shell=/bin/a ; why\n', '/bin/a'],
    ['script-shell=/bin/a\\;b', '/bin/a;b'],
    ["script-shell='/bin/a'", '/bin/a'],
    ['script-shell="/bin/\\u0061"', '/bin/a'],
    ['script-shell="/bin', '"/bin'],
    ['script-shell=/bin/a\nscript-shell=/bin/b\n[x]\nscript-shell=/bin/c', '/bin/b'],
    ['#script-shell=/bin/a\n;script-shell=/bin/a\nscript-shells=x', null],
  ])('%j is read as npm reads it', (text, value) => {
    expect(npmrcSetting(Buffer.from(text), KEY)).toBe(value);
  });

  it('is found again when npm has rewritten the file without comments', () => {
    const rewritten = Buffer.from('a=b\nscript-shell=/g\nc=d\n');
    expect(removeSetting(rewritten, KEY)).toEqual(rewritten);
    expect(replaceSetting(rewritten, KEY, '/g', null).toString()).toBe('a=b\nc=d\n');
    expect(replaceSetting(rewritten, KEY, '/g', '/bin/zsh').toString()).toBe(
      'a=b\nscript-shell=/bin/zsh\nc=d\n',
    );
  });
});

describe('a line in a start file', () => {
  it('goes in and out of any file without another change, once', () => {
    const places = fc.constantFrom(['top'] as const, ['end'] as const, ['top', 'end'] as const);
    fc.assert(
      fc.property(fc.option(anyFile), places, (bytes, at) => {
        const wired = addStartLines(bytes, '. /é/env.sh', at);
        expect(hasStartLine(wired)).toBe(true);
        expect(addStartLines(wired, '. /é/env.sh', at)).toEqual(wired);
        expect(removeStartLines(wired)).toEqual(bytes);
        expect(addStartLines(wired, 'another', at)).toEqual(addStartLines(bytes, 'another', at));
      }),
    );
  });

  it('leaves a file that it made when somebody else wrote into it', () => {
    const made = addStartLines(null, 'x', ['end']);
    expect(removeStartLines(Buffer.concat([made, Buffer.from('y\n')]))?.toString()).toBe('y\n');
    expect(hasStartLine(null)).toBe(false);
  });
});

describe('a unified diff', () => {
  it('shows a change with what is around it', () => {
    const before = 'a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n';
    const after = 'a\nb\nc\nd\nX\nf\ng\nh\ni\nj\nk';
    expect(unifiedDiff(before, after, 1)).toEqual([
      '@@ -4,3 +4,3 @@',
      ' d',
      '-e',
      '+X',
      ' f',
      '@@ -10,1 +10,2 @@',
      ' j',
      '+k\n\\ No newline at end of file',
    ]);
  });

  it('tells new and removed files', () => {
    expect(unifiedDiff(null, 'a\n', 3)).toEqual(['@@ -0,0 +1,1 @@', '+a']);
    expect(unifiedDiff('a\nb\n', null, 3)).toEqual(['@@ -1,2 +0,0 @@', '-a', '-b']);
    expect(unifiedDiff('a\n', 'a\n', 3)).toEqual([]);
  });

  it('applies: its lines with + and blank are the new text', () => {
    const text = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n')).map((lines) => lines.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        if (before === after) return;
        const lines = unifiedDiff(before, after, 1_000).slice(1);
        const side = (sign: string) =>
          lines
            .filter((line) => line[0] !== sign)
            .map((line) => `${line.slice(1)}\n`)
            .join('');
        expect([side('+'), side('-')]).toEqual([before, after]);
      }),
    );
  });
});

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../../src/wiring/apply-plan.js';
import { type Change, fileChange } from '../../../src/wiring/change.js';
import { assertWritable, fishWord, npmrcValue, shellWord } from '../../../src/wiring/quote.js';

function apply(changes: readonly Change[]): Promise<void> {
  return applyPlan({ changes, emptied: [], notes: [] });
}

describe('a plan', () => {
  it('is not written over what somebody has changed since it was shown', async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'phantom-guard-plan-'));
    const [first, second] = [path.join(dir, 'a'), path.join(dir, 'b')];
    writeFileSync(second, 'changed');
    const plan = [
      ...fileChange(first, null, Buffer.from('new')),
      ...fileChange(second, Buffer.from('shown'), Buffer.from('new')),
    ];
    await expect(apply(plan)).rejects.toMatchObject({ code: 'PROJECT_CHANGED' });
    await expect(apply(fileChange(second, null, Buffer.from('new')))).rejects.toMatchObject({
      code: 'PROJECT_CHANGED',
    });
    expect(readFileSync(second, 'utf8')).toBe('changed');
    expect(() => readFileSync(first)).toThrow('ENOENT');
  });

  it('says what cannot be written', async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'phantom-guard-plan-')), 'file');
    writeFileSync(file, '');
    const below = path.join(file, 'below');
    await expect(apply(fileChange(below, null, Buffer.from('x')))).rejects.toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
    });
    const folder: Change = { kind: 'folder', path: below, source: tmpdir(), files: [] };
    await expect(apply([folder])).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
  });
});

describe('words for shells and .npmrc', () => {
  it.each([
    [`it's`, `'it'\\''s'`, `'it\\'s'`, `"it's"`],
    ['$a "b"', `'$a "b"'`, `'$a "b"'`, '"$a \\"b\\""'],
    ['/a b/c', `'/a b/c'`, `'/a b/c'`, '/a b/c'],
  ])('%s is quoted for each', (word, shell, fish, npmrc) => {
    expect([shellWord(word), fishWord(word), npmrcValue(word)]).toEqual([shell, fish, npmrc]);
  });

  // biome-ignore lint/suspicious/noTemplateCurlyInString: what npm would expand
  it.each(['/a:b', '/a\nb', '/${HOME}/b', '/a\\b'])('%j is refused', (word) => {
    expect(() => assertWritable(word)).toThrow('PATH');
  });
});

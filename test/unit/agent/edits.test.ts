import { describe, expect, it } from 'vitest';
import { parsePatch, patchText, replaceIn } from '../../../src/agent/edit-text.js';
import { likelySpecs, manifestChanges } from '../../../src/agent/manifest-changes.js';

describe('replacements', () => {
  it('are made one after the other, at the first place or at all', () => {
    const once = { before: 'a', after: '$&b', isEverywhere: false };
    expect(replaceIn('a a', [once])).toBe('$&b a');
    expect(replaceIn('a a', [{ ...once, isEverywhere: true }])).toBe('$&b $&b');
    expect(replaceIn('x', [once])).toBeNull();
    expect(replaceIn('', [{ before: '', after: 'new', isEverywhere: false }])).toBe('new');
  });
});

describe('a patch', () => {
  const PATCH = `*** Begin Patch
*** Add File: a.json
+{
+}
*** Update File: b.json
*** Move to: c.json
@@ here
 one
-two
+three
*** Delete File: d.json
*** End Patch
`;

  it('names its files, and what becomes of them', () => {
    const files = parsePatch(PATCH);
    expect(files).toMatchObject([
      { file: 'a.json', added: '{\n}' },
      { file: 'c.json', hunks: [{ before: 'one\ntwo', after: 'one\nthree' }] },
      { file: 'd.json', hunks: null },
    ]);
    expect(patchText('zero\none\ntwo\n', files[1]?.hunks ?? [])).toBe('zero\none\nthree\n');
    expect(patchText('else', files[1]?.hunks ?? [])).toBeNull();
    expect(parsePatch('no patch')).toEqual([]);
  });
});

describe('the changes of a package.json', () => {
  const before = JSON.stringify({ dependencies: { kept: '1', moved: '1' }, scripts: { a: 'x' } });

  it('are dependencies that are new or ask for something else, and scripts', () => {
    const after = {
      dependencies: { kept: '1', moved: '2', own: 'workspace:*', near: 'file:../x' },
      peerDependencies: { '@s/new': '^1' },
      overrides: { deep: { x: 'npm:other@1' }, plain: '1' },
      scripts: { a: 'x', b: 'npx y' },
    };
    expect(manifestChanges(before, JSON.stringify(after))).toEqual({
      specs: ['moved@2', '@s/new@^1', 'other@1'],
      scripts: ['npx y'],
      changesGuard: false,
    });
  });

  it('are everything where there was no file, or none that could be read', () => {
    expect(manifestChanges(null, before)?.specs).toEqual(['kept@1', 'moved@1']);
    expect(manifestChanges('{', before)?.specs).toEqual(['kept@1', 'moved@1']);
    expect(manifestChanges(before, '{')).toBeNull();
  });

  it('tell of the guard’s own key', () => {
    expect(manifestChanges('{}', '{"phantomGuard":{}}')?.changesGuard).toBe(true);
  });

  it('are guessed from a piece of JSON', () => {
    expect(likelySpecs('"version": "1.0.0", "zq": "^1", "@s/zq": "latest", "type": "module"')).toEqual([
      'zq@^1',
      '@s/zq@latest',
    ]);
  });
});

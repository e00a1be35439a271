import { describe, expect, it } from 'vitest';
import { fillIntegrity } from '../../../src/wrap/fill-integrity.js';
import { lockEntries } from '../../../src/wrap/lock-entries.js';

const LEGACY = {
  dependencies: {
    'widget-kit': {
      version: '1.0.0',
      resolved: 'http://127.0.0.1:1/widget-kit.tgz',
      integrity: 'sha512-a',
      dependencies: { inner: { version: '2.0.0', bundled: true } },
    },
    other: { version: 'npm:widget-kit@1.0.0' },
    'widget-alias': { version: 'npm:widget-alias@3.0.0' },
    repository: { version: 'git+ssh://git@git.example/widget.git#0123' },
    folder: { version: 'file:folder' },
  },
};

describe('the packages of an npm lockfile', () => {
  it('are those below a node_modules folder', () => {
    const packages = { '': {}, 'packages/app': {}, 'packages/app/node_modules/a': { version: '1.0.0' } };
    expect(lockEntries({ packages })).toEqual([['packages/app/node_modules/a', { version: '1.0.0' }]]);
    expect(lockEntries({})).toEqual([]);
  });

  it('of npm 5 and 6 are read with their locations, names and versions', () => {
    const entries = lockEntries(LEGACY).map(([location, { integrity, ...entry }]) => [
      location,
      entry,
      integrity,
    ]);
    expect(entries).toEqual([
      [
        'node_modules/widget-kit',
        { version: '1.0.0', resolved: 'http://127.0.0.1:1/widget-kit.tgz' },
        'sha512-a',
      ],
      ['node_modules/widget-kit/node_modules/inner', { version: '2.0.0', inBundle: true }, undefined],
      ['node_modules/other', { name: 'widget-kit', version: '1.0.0' }, undefined],
      ['node_modules/widget-alias', { version: '3.0.0' }, undefined],
      ['node_modules/repository', {}, undefined],
      ['node_modules/folder', {}, undefined],
    ]);
  });

  it('of npm 5 and 6 get the integrities that they lack, where somebody publishes them', () => {
    const published = new Map([['node_modules/other', 'sha512-b']]);
    const { lockfile, missing } = fillIntegrity(Buffer.from(JSON.stringify(LEGACY)), published);
    expect(missing).toEqual(['node_modules/widget-alias']);
    const { dependencies } = JSON.parse(String(lockfile)) as typeof LEGACY;
    expect(dependencies.other).toEqual({ version: 'npm:widget-kit@1.0.0', integrity: 'sha512-b' });
    expect(dependencies['widget-kit']).toEqual(LEGACY.dependencies['widget-kit']);
  });
});

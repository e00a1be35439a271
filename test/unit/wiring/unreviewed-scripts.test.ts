import { describe, expect, it } from 'vitest';
import { readTree } from '../../../src/lockfile/read-tree.js';
import { unreviewedScripts } from '../../../src/wiring/unreviewed-scripts.js';
import { packageLock, writeProject } from '../../support/projects.js';

const HOST = 'https://registry.npmjs.org';
const scripted = (name: string, version: string, more: object = {}) => ({
  version,
  resolved: `${HOST}/${name}/-/${name.split('/').at(-1)}-${version}.tgz`,
  integrity: 'sha512-x',
  hasInstallScript: true,
  ...more,
});

async function unreviewed(packages: Record<string, Record<string, unknown>>, allowScripts: object = {}) {
  const dir = writeProject({
    'package.json': { name: 'project', version: '1.0.0' },
    'package-lock.json': packageLock(packages),
  });
  return unreviewedScripts(await readTree(dir), { ...allowScripts });
}

describe('packages with scripts that nobody has reviewed', () => {
  it.each([
    [{}, ['zq-native@1.2.3']],
    [{ 'zq-native': true }, []],
    [{ 'zq-native': false }, []],
    [{ 'zq-native@*': true }, []],
    [{ 'zq-native@1.2.3': true }, []],
    [{ 'zq-native@1.0.0 || 1.2.3': true }, []],
    [{ 'zq-native@1.2.4': true }, ['zq-native@1.2.3']],
    [{ 'zq-native@^1.0.0': true }, ['zq-native@1.2.3']],
    [{ 'zq-native@latest': true }, ['zq-native@1.2.3']],
    [{ 'zq-native': 'yes' }, ['zq-native@1.2.3']],
    [{ 'zq-other': true }, ['zq-native@1.2.3']],
  ])('are told as npm tells them, with allowScripts %j', async (allowScripts, expected) => {
    const packages = { 'node_modules/zq-native': scripted('zq-native', '1.2.3') };
    expect(await unreviewed(packages, allowScripts)).toEqual(expected);
  });

  it('are known by the URL of their tarball, as for npm', async () => {
    const packages = { 'node_modules/alias': scripted('@s/zq-native', '1.0.0', { name: '@s/zq-native' }) };
    expect(await unreviewed(packages, { alias: true })).toEqual(['@s/zq-native@1.0.0']);
    expect(await unreviewed(packages, { '@s/zq-native': true })).toEqual([]);
    const other = { 'node_modules/zq-native': scripted('zq-evil', '1.0.0') };
    expect(await unreviewed(other, { 'zq-native': true })).toEqual(['zq-native@1.0.0']);
  });

  it('are all from git, since the lockfile does not tell of their prepare; none without scripts', async () => {
    const resolved = `git+ssh://git@github.com/a/b.git#${'0'.repeat(40)}`;
    expect(await unreviewed({ 'node_modules/b': { version: '1.0.0', resolved } })).toEqual(['b@1.0.0']);
    expect(
      await unreviewed({ 'node_modules/c': scripted('c', '1.0.0', { hasInstallScript: undefined }) }),
    ).toEqual([]);
  });

  it('are unknown without a lockfile that tells', async () => {
    expect(unreviewedScripts(await readTree(writeProject({ 'package.json': {} })), {})).toBeNull();
  });
});

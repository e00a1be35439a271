import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { judgedDocument } from '../../../src/wrap/judged-document.js';
import { previewDocument } from '../../../src/wrap/preview-document.js';
import { createStandIns } from '../../../src/wrap/stand-ins.js';

const BASE = 'http://127.0.0.1:1/secret/';
const GIT = 'git+https://git.example/zq/widget.git#v1';
const URL = 'https://files.example/zq-other.tgz';

describe('stand-ins', () => {
  it('replace what comes from git or a URL, and nothing else', () => {
    const { specFor } = createStandIns(BASE);
    for (const spec of [
      '^1.0.0',
      'latest',
      'npm:zq-real@1',
      'file:../here',
      'workspace:*',
      './x.tgz',
      '*',
      '',
    ])
      expect(specFor('zq', spec)).toBe(spec);
    for (const spec of [GIT, URL, 'zq/widget', 'github:zq/widget#main', 'gist:11081aaa281'])
      expect(specFor('zq', spec)).toMatch(/^http:\/\/127\.0\.0\.1:1\/secret\/stand-in\/\d+\.tgz$/);
    expect(specFor(null, `zq@${GIT}`)).toMatch(/^zq@http:/);
    expect(specFor(null, 'zq-plain@^2')).toBe('zq-plain@^2');
  });

  it('are served as empty packages of the name that was asked for, the same for the same spec', () => {
    const standIns = createStandIns(BASE);
    const spec = standIns.specFor('zq', GIT);
    expect(standIns.specFor('zq', GIT)).toBe(spec);
    const tarball = standIns.tarballAt(spec.slice(BASE.length));
    expect(gunzipSync(tarball as Buffer).toString('latin1')).toContain('{"name":"zq","version":"0.0.0"}');
    expect(standIns.tarballAt('stand-in/7.tgz')).toBeNull();
    expect(standIns.tarballAt('zq')).toBeNull();
  });

  it('are put back in a lockfile: what only the download could tell is unknown, scripts are assumed', () => {
    const standIns = createStandIns(BASE);
    const spec = standIns.specFor('zq', GIT);
    const other = { version: '1.0.0', resolved: 'https://registry.example/a.tgz', integrity: 'sha512-a' };
    const lock = {
      packages: {
        '': { dependencies: { zq: spec, a: '^1.0.0' } },
        'node_modules/zq': { version: '0.0.0', resolved: spec, integrity: 'sha512-x', dev: true },
        'node_modules/a': other,
      },
    };
    expect(JSON.parse(standIns.restore(JSON.stringify(lock)))).toEqual({
      packages: {
        '': { dependencies: { zq: GIT, a: '^1.0.0' } },
        'node_modules/zq': { resolved: GIT, dev: true, hasInstallScript: true },
        'node_modules/a': other,
      },
    });
    expect(standIns.inTheirWords(`npm error ${spec} failed`)).toBe(`npm error ${GIT} failed`);
  });

  it('stand in overrides too, at any depth, and leave a manifest that is none alone', () => {
    const { replace } = createStandIns(BASE);
    const replaced = JSON.parse(
      replace(JSON.stringify({ overrides: { a: { b: URL, c: '1' } }, scripts: { x: URL } })),
    );
    expect(replaced.overrides.a).toEqual({ b: `${BASE}stand-in/0.tgz`, c: '1' });
    expect(replaced.scripts.x).toBe(URL);
    expect(replace('[]')).toBe('[]');
  });
});

describe('a document for a preview', () => {
  it('bundles nothing, has no shrinkwrap, and asks for nothing that it would bundle', () => {
    const standIns = createStandIns(BASE);
    const manifest = {
      name: 'zq',
      dependencies: { a: '1', b: URL, c: '2' },
      optionalDependencies: { a: '1' },
      bundleDependencies: ['a'],
      _hasShrinkwrap: true,
    };
    const { versions } = previewDocument({ name: 'zq', versions: { '1.0.0': manifest } }, standIns) as never;
    expect(versions['1.0.0']).toEqual({
      name: 'zq',
      dependencies: { b: `${BASE}stand-in/0.tgz`, c: '2' },
      optionalDependencies: {},
    });
    const all = { dependencies: { a: '1' }, bundledDependencies: true };
    const document = previewDocument({ versions: { '1.0.0': all } }, standIns) as never;
    expect(document['versions']).toEqual({ '1.0.0': { dependencies: {} } });
  });
});

describe('a document of judged versions', () => {
  const published = {
    name: 'zq',
    'dist-tags': { latest: '3.0.0', old: '1.0.0', next: '2.0.0' },
    versions: { '1.0.0': { dist: { tarball: 'x' } }, '2.0.0': { bin: 'b' }, '3.0.0': {} },
    time: { created: 'c', '1.0.0': 'one', '3.0.0': 'three' },
  };

  it('has no other version, and the judged bytes', () => {
    const judged = ['1.0.0', '2.0.0', '9.0.0'].map((version) => ({
      version,
      resolved: `https://registry.example/${version}.tgz`,
      integrity: `sha512-${version}`,
    }));
    expect(judgedDocument(published, judged)).toEqual({
      name: 'zq',
      'dist-tags': { latest: '2.0.0', old: '1.0.0', next: '2.0.0' },
      versions: {
        '1.0.0': { dist: { tarball: 'https://registry.example/1.0.0.tgz', integrity: 'sha512-1.0.0' } },
        '2.0.0': {
          bin: 'b',
          dist: { tarball: 'https://registry.example/2.0.0.tgz', integrity: 'sha512-2.0.0' },
        },
      },
      time: { '1.0.0': 'one' },
    });
  });

  it('is empty where none of them is published any more', () => {
    expect(judgedDocument(published, [])).toMatchObject({ 'dist-tags': {}, versions: {} });
    expect(judgedDocument({}, [])).toMatchObject({ versions: {} });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRepository } from '../../support/git.js';
import { packVersion } from '../../support/tarball-packages.js';
import { startTarballRegistry, type TarballRegistry } from '../../support/tarball-registry.js';
import { guarded, healthy, installed } from './support.js';

const BASE = 'zq-wrap-base';
const REMOTE = 'files/remote.tgz';

let registry: TarballRegistry;
beforeEach(async () => {
  registry = await startTarballRegistry([healthy(BASE)]);
});
afterEach(() => registry.close());

/** An old package that asks for `spec`, and a project that asks for it. */
function projectOf(spec: string, dependencies: Readonly<Record<string, string>> = {}) {
  registry.publish(healthy('zq-wrap-carrier', { dependencies: { 'zq-wrap-far': spec } }));
  const all = { 'zq-wrap-carrier': '^1.0.0', ...dependencies };
  return { 'package.json': { name: 'p', version: '1.0.0', dependencies: all } };
}

function serveRemote(): string {
  registry.serveFile(REMOTE, packVersion('zq-wrap-far', '1.0.0', { files: {} }));
  return `${registry.remoteUrl}${REMOTE}`;
}

function downloads(): readonly string[] {
  return registry.requestedTarballs();
}

describe('what npm would download in order to resolve', () => {
  it('is refused before that where a dependency takes it from a URL', async () => {
    const { status, stderr, dir } = await guarded(registry, ['npm', 'install'], {
      files: projectOf(serveRemote()),
    });
    expect(status).toBe(1);
    expect(stderr).toContain('EXOTIC_SOURCE');
    expect(stderr).toContain('as if they ran scripts');
    expect(stderr).toContain('root > zq-wrap-carrier@1.11.0 > zq-wrap-far');
    expect(downloads()).toEqual([]);
    expect(installed(dir)).toEqual([]);
  });

  it('is downloaded, judged again and installed where the project asks for it as well', async () => {
    const spec = serveRemote();
    const files = projectOf(spec, { 'zq-wrap-far': spec });
    const { status, dir, stderr } = await guarded(registry, ['npm', 'install'], { files });
    expect(stderr).not.toContain('as if they ran scripts');
    expect(status).toBe(0);
    expect(installed(dir)).toEqual(['zq-wrap-carrier', 'zq-wrap-far']);
  });

  it('is refused where a dependency takes it from a git repository', async () => {
    const repository = createRepository({ 'package.json': '{"name":"zq-wrap-far","version":"1.0.0"}' });
    const { status, dir } = await guarded(registry, ['npm', 'install'], {
      files: projectOf(`git+file://${repository.dir}`),
    });
    expect(status).toBe(1);
    expect(installed(dir)).toEqual([]);
  });

  it('is installed where the project itself asks for it, on the command line too', async () => {
    const { status, dir } = await guarded(registry, ['npm', 'install', `zq-wrap-far@${serveRemote()}`]);
    expect(status).toBe(0);
    expect(installed(dir)).toEqual(['zq-wrap-far']);
  });

  it('is opened for good where the package that bundles others is not refused', async () => {
    const dependencies = { [BASE]: '^1.0.0' };
    const manifest = { dependencies, bundleDependencies: [BASE] };
    const files = { [`node_modules/${BASE}/package.json`]: `{"name":"${BASE}","version":"1.11.0"}` };
    const plain = healthy('zq-wrap-bundler');
    registry.publish({ ...plain, versions: { ...plain.versions, '1.11.0': { manifest, files } } });
    const { status, dir } = await guarded(registry, ['npm', 'install', 'zq-wrap-bundler']);
    expect(status).toBe(0);
    expect(installed(dir)).toEqual(['zq-wrap-bundler']);
    expect(downloads().length).toBeGreaterThan(0);
  });

  it('ends with what npm says where not even the preview can be resolved', async () => {
    registry.publish(
      healthy('zq-wrap-bundler', {
        dependencies: { 'zq-wrap-unheard': '^1.0.0' },
        bundleDependencies: ['zq-wrap-other'],
      }),
    );
    const { status, stderr, dir } = await guarded(registry, [
      'npm',
      'install',
      'zq-wrap-bundler',
      '--loglevel=error',
    ]);
    expect(status).not.toBe(0);
    expect(stderr).toContain('zq-wrap-unheard');
    expect(downloads()).toEqual([]);
    expect(installed(dir)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { readSeenManifest } from '../../../src/pnpmfile/seen-manifest.js';

describe('a manifest that pnpm hands to readPackage', () => {
  it('is read with what it asks for, and where the registry has it', () => {
    const seen = readSeenManifest({
      name: 'zq-one',
      version: '1.0.0',
      dist: { integrity: 'sha512-x', tarball: 'http://127.0.0.1/zq-one.tgz' },
      scripts: { postinstall: 'node x' },
      dependencies: { 'zq-two': '^1.0.0' },
      optionalDependencies: { 'zq-three': '*' },
      peerDependencies: { 'zq-four': '1', 'zq-five': '1' },
      peerDependenciesMeta: { 'zq-five': { optional: true } },
    });
    expect(seen).toEqual({
      name: 'zq-one',
      version: '1.0.0',
      published: { integrity: 'sha512-x', tarball: 'http://127.0.0.1/zq-one.tgz' },
      hasInstallScript: true,
      requests: [
        { key: 'zq-two', spec: '^1.0.0', kind: 'prod' },
        { key: 'zq-three', spec: '*', kind: 'optional' },
        { key: 'zq-four', spec: '1', kind: 'peer' },
        { key: 'zq-five', spec: '1', kind: 'optional-peer' },
      ],
    });
  });

  it('is not published where no registry has it: projects, git, what the lockfile held', () => {
    expect(readSeenManifest({ name: 'zq-own', version: '1.0.0' })?.published).toBeNull();
  });

  it('is nothing without a name or a version', () => {
    expect(readSeenManifest({ version: '1.0.0' })).toBeNull();
    expect(readSeenManifest({ name: 'zq-own' })).toBeNull();
    expect(readSeenManifest(null)).toBeNull();
  });

  it('may hold anything in place of lists and ranges', () => {
    const seen = readSeenManifest({
      name: 'zq-one',
      version: '1.0.0',
      dist: {},
      dependencies: ['zq-two'],
      optionalDependencies: { 'zq-three': null },
      peerDependencies: 'zq-four',
      peerDependenciesMeta: { 'zq-four': 7 },
    });
    expect(seen?.requests).toEqual([{ key: '0', spec: 'zq-two', kind: 'prod' }]);
    expect(seen?.published).toEqual({ integrity: null, tarball: null });
  });
});

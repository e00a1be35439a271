import { describe, expect, it } from 'vitest';
import { readSeenLockfile } from '../../../src/pnpmfile/seen-lockfile.js';

describe('the lockfile that pnpm hands to preResolution', () => {
  it('yields the packages of registries, once for each version, without peers', () => {
    const seen = readSeenLockfile({
      packages: {
        'zq-one@1.0.0': { resolution: { integrity: 'sha512-x' } },
        '@zq/two@2.0.0-rc.1(zq-one@1.0.0)': {
          resolution: { integrity: 'sha512-y', tarball: 'http://x/y.tgz' },
        },
        'zq-git@https://codeload.example/zq/tar.gz/abc': { resolution: { tarball: 'https://x' } },
        'zq-file@file:../zq': { resolution: { directory: '../zq' } },
      },
    });
    expect(seen.map(({ name, version, published }) => [name, version, published])).toEqual([
      ['zq-one', '1.0.0', { integrity: 'sha512-x', tarball: null }],
      ['@zq/two', '2.0.0-rc.1', { integrity: 'sha512-y', tarball: 'http://x/y.tgz' }],
    ]);
  });

  it.each([undefined, null, 'text', {}, { packages: null }, { packages: { 'zq-one@1.0.0': null } }])(
    'may be anything: %j',
    (lockfile) => {
      expect(() => readSeenLockfile(lockfile)).not.toThrow();
    },
  );
});

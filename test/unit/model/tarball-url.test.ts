import { describe, expect, it } from 'vitest';
import { parseTarballUrl, tarballPath } from '../../../src/model/tarball-url.js';

describe('the URL of a tarball', () => {
  it.each([
    ['https://r.test/a/-/a-1.0.0.tgz', 'a', '1.0.0'],
    ['https://r.test/@s/n/-/n-1.0.0-rc.1.tgz?x=1#y', '@s/n', '1.0.0-rc.1'],
    ['https://r.test/npm/@s%2fn/-/@s/n-1.0.0.tgz', '@s/n', '1.0.0'],
    ['https://r.test/a/-/b-1.0.0.tgz', 'a', null],
    ['https://r.test/@s/n/-/s-n-1.0.0.tgz', '@s/n', null],
    ['https://r.test/@s/n/download/@s/n-1.0.0.tgz', '@s/n', '1.0.0'],
    ['https://r.test/a/download/a-1.0.0.tgz', 'a', '1.0.0'],
    ['https://npm.pkg.github.com/download/@s/n/1.0.0/abc', '@s/n', '1.0.0'],
    ['https://npm.jsr.io/~/11/@jsr/s__n/1.0.0.tgz', '@jsr/s__n', '1.0.0'],
    ['https://r.test/any/thing.tgz', null, null],
    ['https://r.test/%/x', null, null],
  ])('%s says %s and %s', (url, name, version) => {
    expect(parseTarballUrl(url)).toMatchObject({ name, version });
  });

  it.each(['git+https://r.test/a.git', 'file:a.tgz', '../a.tgz', 'https://', ''])('is not %j', (url) => {
    expect(parseTarballUrl(url)).toBeNull();
  });

  it('is insecure over http, but for this machine', () => {
    const insecure = (url: string) => parseTarballUrl(url)?.isInsecure;
    expect(insecure('http://r.test/a/-/a-1.0.0.tgz')).toBe(true);
    expect(insecure('https://r.test/a/-/a-1.0.0.tgz')).toBe(false);
    for (const host of ['localhost:4873', '127.0.0.1:1', '127.1.2.3', '[::1]:80'])
      expect(insecure(`http://${host}/a/-/a-1.0.0.tgz`)).toBe(false);
    expect(insecure('http://127.0.0.1.evil.test/a/-/a-1.0.0.tgz')).toBe(true);
  });

  it('is read as it is written', () => {
    for (const [name, version] of [
      ['a', '1.0.0'],
      ['@s/n', '2.0.0-x'],
    ] as const)
      expect(parseTarballUrl(`https://r.test/${tarballPath(name, version)}`)).toMatchObject({
        name,
        version,
      });
  });
});

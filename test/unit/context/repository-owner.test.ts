import { describe, expect, it } from 'vitest';
import { repositoryOwner } from '../../../src/context/repository-owner.js';

const ESTABLISHED = new Map([
  ['axios', 27],
  ['toolkit', 12],
  ['@acme/kit', 15],
]);
const popularityOf = (name: string) => ESTABLISHED.get(name) ?? null;
const ownerOf = (name: string, url: string | null) => {
  const found = repositoryOwner(name, url, popularityOf);
  return found.kind === 'other' ? found.owner.name : found.kind;
};

describe('the repository of an established package', () => {
  it.each([
    'https://github.com/axios/axios',
    'https://github.com/axios/axios.git',
    'git+https://github.com/axios/axios.git',
    'git://github.com/axios/axios',
    'git+ssh://git@github.com/axios/axios.git',
    'git@github.com:axios/axios.git',
    'ssh://git@gitlab.com/group/sub/axios.git',
    'https://github.com/axios/axios/tree/main/packages/x',
    'https://gitlab.com/axios/axios/-/tree/main/x',
    'https://github.com/axios/axios#readme',
    'https://user:token@github.com/axios/axios/',
    'github:axios/axios',
    'axios/axios',
    'AXIOS/Axios',
    'https://github.com/axios/axios/issues',
    'https://github.com/axios/axios/wiki',
    'https://github.com/axios/axios/commit/abc',
    'git+ssh://git@github.com:axios/axios.git',
    'github.com/axios/axios',
    'https://github.com/axios/%61xios',
  ])('is recognised in %s', (url) => {
    expect(ownerOf('axios-retry-invented', url)).toBe('axios');
  });

  it('is recognised by the scope of its owner', () => {
    expect(ownerOf('invented', 'https://github.com/acme/kit')).toBe('@acme/kit');
  });

  it('is borrowed by a package of the same name in another scope', () => {
    expect(ownerOf('@evil/axios', 'https://github.com/axios/axios')).toBe('axios');
  });
});

describe('a repository of its own', () => {
  it.each([
    ['invented-widget', 'https://github.com/somebody/invented-widget'],
    ['axios', 'https://github.com/axios/axios'],
    ['toolkit', 'https://github.com/somebody/toolkit'],
    ['@acme/new', 'https://github.com/acme/toolkit'],
    ['@acme/kit', 'https://github.com/acme/kit'],
    ['invented-widget', 'https://github.com/somebody/unheard-of'],
  ])('of %s is %s', (name, url) => {
    expect(ownerOf(name, url)).toBe('own');
  });

  it.each([
    null,
    '',
    'axios',
    'https://github.com/axios',
    'not an address at all',
    'x'.repeat(400),
    'https://',
    '::::',
    '/',
  ])('or none, as far as %j tells', (url) => {
    expect(ownerOf('invented-widget', url)).toBe('none');
  });

  it('is looked for in any text in no time', () => {
    const startedMs = performance.now();
    for (const url of ['a/'.repeat(5_000), `git@${'a:'.repeat(5_000)}`, `https://${'/'.repeat(5_000)}`])
      expect(ownerOf('x', url)).toBe('none');
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });
});

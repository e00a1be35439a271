import { describe, expect, it } from 'vitest';
import { hideSecrets, withoutCredentials, withoutSecrets } from '../../../src/model/secrets.js';

describe('the secrets of URLs', () => {
  it.each([
    ['https://user:pw@host/a.tgz?token=x#y', 'https://host/a.tgz'],
    ['https://token@host', 'https://host'],
    ['https://user:p@ss@host/a@1', 'https://host/a@1'],
    ['a@git+ssh://git:pw@host/u/a.git#main', 'a@git+ssh://host/u/a.git'],
    ['see https://u:p@h/x?y, or http://h#z then', 'see https://h/x or http://h then'],
    ['https://proxy/https://u:p@host/a', 'https://proxy/https://host/a'],
    ['https://h/x?next=https://u:p@host/a', 'https://h/x'],
    ['from https://u:p/q@host/a and on', 'from https://host/a and on'],
    ['from https://u:p q@host/a and on', 'from https://host/a and on'],
    ['https:u:p@host/a', 'https://host/a'],
    ['HTTPS:\\\\u:p@host/a', 'HTTPS://host/a'],
    ['https:/token@host/a', 'https://host/a'],
  ])('are taken out of %s', (text, clean) => {
    expect(withoutSecrets(text)).toBe(clean);
  });

  it.each([
    '',
    'a@1.0.0',
    '@s/a',
    'what? #1',
    'git@host:u/a.git',
    'https://host/@s/a/-/a-1.0.0.tgz',
    'http://127.0.0.1:4873/@s/a',
    'http://[::1]:4873/@s/a',
    'http://host:4873 and a@1.0.0',
    'npm:@s/a@1',
    'https:a',
  ])('are not seen in %j', (text) => {
    expect(withoutSecrets(text)).toBe(text);
  });

  it('are taken out of every text of a document', () => {
    const document = { a: ['https://u:p@h/', 1, null], b: { c: 'https://h?x' }, d: true };
    expect(hideSecrets(document)).toEqual({ a: ['https://h/', 1, null], b: { c: 'https://h' }, d: true });
  });
});

describe('a line of .npmrc', () => {
  it.each([
    [' //host/:_authToken=npm_abc', ' //host/:_authToken=…'],
    ['+//host/a/:_password = "abc"', '+//host/a/:_password = …'],
    ['-_auth=abc', '-_auth=…'],
    [' proxy=http://u:p@host/', ' proxy=http://host/'],
  ])('%s is shown without its credentials', (line, shown) => {
    expect(withoutCredentials(line)).toBe(shown);
  });

  it.each([' registry=http://host/', ' script-shell=/a/key', ' "name": "x"'])(
    '%s is shown as it is',
    (line) => {
      expect(withoutCredentials(line)).toBe(line);
    },
  );
});

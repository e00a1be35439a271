import { describe, expect, it } from 'vitest';
import { hideSecrets, withoutSecrets } from '../../../src/model/secrets.js';

describe('the secrets of URLs', () => {
  it.each([
    ['https://user:pw@host/a.tgz?token=x#y', 'https://host/a.tgz'],
    ['https://token@host', 'https://host'],
    ['https://user:p@ss@host/a@1', 'https://host/a@1'],
    ['a@git+ssh://git:pw@host/u/a.git#main', 'a@git+ssh://host/u/a.git'],
    ['see https://u:p@h/x?y, or http://h#z then', 'see https://h/x or http://h then'],
    ['https://proxy/https://u:p@host/a', 'https://proxy/https://host/a'],
    ['https://h/x?next=https://u:p@host/a', 'https://h/x'],
  ])('are taken out of %s', (text, clean) => {
    expect(withoutSecrets(text)).toBe(clean);
  });

  it.each(['', 'a@1.0.0', '@s/a', 'what? #1', 'git@host:u/a.git', 'https://host/@s/a/-/a-1.0.0.tgz'])(
    'are not seen in %j',
    (text) => {
      expect(withoutSecrets(text)).toBe(text);
    },
  );

  it('are taken out of every text of a document', () => {
    const document = { a: ['https://u:p@h/', 1, null], b: { c: 'https://h?x' }, d: true };
    expect(hideSecrets(document)).toEqual({ a: ['https://h/', 1, null], b: { c: 'https://h' }, d: true });
  });
});

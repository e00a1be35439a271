import { describe, expect, it } from 'vitest';
import { successorOf } from '../../../src/context/successor.js';

const ESTABLISHED = new Map([
  ['cross-env', 24],
  ['@scope/right', 15],
  ['native', 12],
  ['instead', 10],
]);
const popularityOf = (name: string) => ESTABLISHED.get(name) ?? null;
const named = (notice: string | null) => successorOf('crossenv', notice, popularityOf)?.name ?? null;

describe('the successor that a deprecation notice names', () => {
  it.each([
    ['Use cross-env instead', 'cross-env'],
    ['this package has been renamed to `cross-env`', 'cross-env'],
    ['Moved to @scope/right.', '@scope/right'],
    ['please use "cross-env".', 'cross-env'],
    ['superseded by cross-env, see the readme', 'cross-env'],
    ['see https://www.npmjs.com/package/cross-env', 'cross-env'],
    ['Please npm install cross-env', 'cross-env'],
    ['use the native fetch; or use cross-env', 'cross-env'],
  ])('%j is %s', (notice, successor) => {
    expect(named(notice)).toBe(successor);
  });

  it.each([
    null,
    '',
    'no longer maintained',
    'use native features',
    'use crossenv',
    'use evil-and-unknown instead',
    'use ../../etc/passwd',
    'use it instead',
  ])('%j names none', (notice) => {
    expect(named(notice)).toBeNull();
  });
});

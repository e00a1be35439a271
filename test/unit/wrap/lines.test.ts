import { describe, expect, it } from 'vitest';
import { npmOptionTable } from '../../../src/registry/read-npm-arguments.js';
import { initializerSpec } from '../../../src/wrap/initializer.js';
import { npxToExec } from '../../../src/wrap/npx-line.js';
import { handOverArguments, stagedArguments } from '../../../src/wrap/staged-arguments.js';

describe('a command line of npx', () => {
  it.each([
    [
      ['cowsay', '--version', 'x'],
      ['exec', '--', 'cowsay', '--version', 'x'],
    ],
    [
      ['-y', 'cowsay@1', '-y'],
      ['exec', '--yes', '--', 'cowsay@1', '-y'],
    ],
    [
      ['--yes', '--', 'cowsay', '-p'],
      ['exec', '--yes', '--', 'cowsay', '-p'],
    ],
    [
      ['-p', 'a', '-p=b', '-c', 'a | b'],
      ['exec', '--package', 'a', '--package=b', '--call', 'a | b'],
    ],
    [
      ['--package', 'a', 'b', '--c'],
      ['exec', '--package', 'a', '--', 'b', '--c'],
    ],
    [
      ['--no-install', 'a'],
      ['exec', '--yes=false', '--', 'a'],
    ],
    [
      ['--registry', 'http://r.test/', 'a'],
      ['exec', '--registry', 'http://r.test/', '--', 'a'],
    ],
    [['--version'], ['exec', '--version']],
    [[], ['exec']],
  ])('%j is %j of npm', async (argv, expected) => {
    expect(npxToExec(argv, await npmOptionTable())).toEqual(expected);
  });
});

describe('an initializer', () => {
  it.each([
    ['react-app', 'create-react-app'],
    ['react-app@latest', 'create-react-app@latest'],
    ['@scope', '@scope/create'],
    ['@scope@1', '@scope/create@1'],
    ['@scope/x', '@scope/create-x'],
    ['@scope/x@^2', '@scope/create-x@^2'],
    ['./local', './local'],
    ['github:o/r', 'github:o/r'],
    ['o/r', 'o/r'],
  ])('%s is %s', (spec, expected) => {
    expect(initializerSpec(spec)).toBe(expected);
  });
});

describe('the arguments for the copy', () => {
  it('don’t lead back to the original, and resolve only', () => {
    const args = stagedArguments(
      ['--prefix', '/p', 'i', '-C', '/p', '--prefix=/p', 'x', '--', '--prefix'],
      '/s',
    );
    expect(args.slice(0, 3)).toEqual(['i', 'x', '--prefix=/s']);
    expect(args).toContain('--package-lock-only');
    expect(args).toContain('--ignore-scripts');
    expect(args.slice(-2)).toEqual(['--', '--prefix']);
  });

  it('are otherwise those that were given', () => {
    expect(handOverArguments(['i', '-D', 'x', '--', 'y'])).toEqual([
      'i',
      '-D',
      'x',
      '--prefer-offline',
      '--',
      'y',
    ]);
  });
});

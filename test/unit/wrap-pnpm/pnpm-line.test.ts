import { describe, expect, it } from 'vitest';
import { GuardError } from '../../../src/errors.js';
import { requestedPnpmSpecs } from '../../../src/wrap-pnpm/guard-pnpm.js';
import { frozenArguments, stagedArguments } from '../../../src/wrap-pnpm/pnpm-arguments.js';
import { readPnpmLine } from '../../../src/wrap-pnpm/pnpm-line.js';

function words(text: string): string[] {
  return text.split(' ').filter(Boolean);
}

function read(text: string) {
  return readPnpmLine(words(text));
}

function effectOf(text: string): string {
  try {
    return read(text).effect;
  } catch (error) {
    return error instanceof GuardError ? error.code : String(error);
  }
}

describe('a command line of pnpm', () => {
  it.each([
    ['', 'none'],
    ['ls --json', 'none'],
    ['-r ls', 'none'],
    ['--version', 'none'],
    ['install --help', 'none'],
    ['help add', 'none'],
    ['install', 'install'],
    ['i --no-frozen-lockfile', 'install'],
    ['-r --filter app install', 'install'],
    ['--filter=app i', 'install'],
    ['-C packages/app add left-pad', 'add'],
    ['up left-pad', 'update'],
    ['rm left-pad', 'remove'],
    ['fetch', 'locked'],
    ['ci', 'locked'],
    ['dlx cowsay -g', 'dlx'],
    ['create vite app --global', 'create'],
    ['run build -g', 'script'],
    ['build --interactive', 'script'],
    ['--no-color test', 'script'],
    ['install --lockfile', 'install'],
    ['add --save left-pad', 'add'],
    ['add -g left-pad', 'add'],
    ['update -Li', 'update'],
    ['link ../other', 'prepared'],
    ['patch-commit out', 'prepared'],
    ['prune --prod', 'prepared'],
    ['import', 'import'],
    ['dedupe --check', 'dedupe'],
    ['it', 'install-test'],
    ['add --@scope:registry=http://127.0.0.1:1/ left-pad', 'add'],
  ])('"%s" is %s', (text, effect) => {
    expect(effectOf(text)).toBe(effect);
  });

  it.each([
    ['audit --fix'],
    ['install --no-lockfile'],
    ['install --lockfile=false'],
    ['install --lockfile-dir ..'],
    ['add --no-save left-pad'],
    ['add --@scope:registry http://127.0.0.1:1/ left-pad'],
    ['add --//127.0.0.1/:_authToken=x left-pad'],
    ['link -g'],
    ['dedupe --global'],
    ['add -i left-pad'],
    ['self-update'],
    ['store prune'],
    ['dlx --userconfig=x left-pad'],
    ['install --config.globalPnpmfile=x.cjs'],
    ['--nobody-knows-it add left-pad'],
  ])('"%s" is not served', (text) => {
    expect(effectOf(text)).toBe('NOT_YET');
  });

  it('says where it works, and what decides', () => {
    const line = read('-C app --registry=http://127.0.0.1:1/ install --ignore-workspace --frozen-lockfile');
    expect(line).toMatchObject({
      dir: 'app',
      registry: 'http://127.0.0.1:1/',
      ignoresWorkspace: true,
      isFrozen: true,
      isLockfileOnly: false,
    });
    expect(read('install --frozen-lockfile=false').isFrozen).toBe(false);
    expect(read('install').isFrozen).toBe(null);
    expect(read('install --prefix app').dir).toBe('app');
  });

  it.each([
    ['add -g left-pad', true],
    ['add left-pad --global', true],
    ['--config.global=true add left-pad', true],
    ['add -gD left-pad', true],
    ['add --location=global left-pad', true],
    ['add --location global left-pad', true],
    ['add --no-global left-pad', false],
    ['add --global=false left-pad', false],
    ['add --location=project left-pad', false],
    ['add left-pad', null],
  ])('"%s": about global packages is %s', (text, isGlobal) => {
    expect(read(text).isGlobal).toBe(isGlobal);
  });

  it('leaves to a program what follows it', () => {
    expect(read('dlx --package=a --allow-build=b,c -c d --package=e')).toMatchObject({
      packages: ['a'],
      allowedBuilds: ['b', 'c'],
      isShell: true,
      operands: ['d', '--package=e'],
    });
    expect(read('add -- -x').operands).toEqual(['-x']);
  });
});

describe('the command lines that are made of it', () => {
  it('resolve in the copy', () => {
    expect(stagedArguments(read('-C app add -D a b --frozen-lockfile'))).toEqual(
      words('add -D a b --lockfile-only --config.ignore-scripts=true'),
    );
  });

  it('resolve in a copy of global packages as in any project', () => {
    expect(stagedArguments(read('add -g --allow-build=a --global-dir /x a'))).toEqual(
      words('add a --lockfile-only --config.ignore-scripts=true'),
    );
  });

  it('install the lockfile that was judged', () => {
    expect(frozenArguments(read('--filter app add -D a --ignore-scripts'))).toEqual(
      words('install --filter app --ignore-scripts --frozen-lockfile'),
    );
    expect(frozenArguments(read('i --prod --no-frozen-lockfile --lockfile-only'))).toEqual(
      words('install --prod --frozen-lockfile'),
    );
  });
});

it.each([
  ['add a @s/b@^1 ./c file:d https://e/f.tgz', ['a', '@s/b@^1']],
  ['dlx a b', ['a']],
  ['dlx --package=p a', ['p']],
  ['dlx', []],
  ['create vite', ['create-vite']],
  ['rm a', []],
])('"%s" asks a registry about %j', (text, specs) => {
  expect(requestedPnpmSpecs({ line: read(text) })).toEqual(specs);
});

import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { GuardError } from '../../../src/errors.js';
import { readTree } from '../../../src/lockfile/read-tree.js';
import { changesSince } from '../../../src/since/changes-since.js';
import { createRepository } from '../../support/git.js';
import { packageLock, writeProject } from '../../support/projects.js';
import { changesIn, locked } from './support.js';

const PROJECT = {
  'package.json': { name: 'project', version: '1.0.0', dependencies: { 'widget-kit': '*' } },
  'package-lock.json': packageLock(locked('widget-kit')),
};

async function refusal(of: Promise<unknown>): Promise<string> {
  const error: unknown = await of.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof GuardError)) throw new Error('no GuardError', { cause: error });
  expect(error.code).toBe('SINCE_UNUSABLE');
  expect(error.hint).not.toBe('');
  return `${error.message} | ${error.hint}`;
}

/** Runs `use` with another folder for temporary files. */
async function withTemporary(folder: string, use: () => Promise<void>): Promise<void> {
  const was = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    await use();
  } finally {
    if (was === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = was;
  }
}

function marker(): string {
  return path.join(mkdtempSync(path.join(tmpdir(), 'phantom-guard-marker-')), 'was-run');
}

describe('a ref that names no commit', () => {
  const { dir, git, commit } = createRepository(PROJECT);
  commit({ 'package.json^{commit}': 'a file whose name looks like a ref', 'sub/a.txt': 'a' });

  it.each([
    '--output=x',
    '-h',
    '--all',
    '$(id)',
    '`id`',
    ';id',
    'no-such-branch',
    '0000000000000000000000000000000000000000',
    '^main',
    'main..main',
    'main main',
    'main\nmain',
    'main\0',
    'main^{tree}x',
    '/etc/passwd',
    '../main',
    '',
    ' ',
  ])('%j is refused', async (ref) => {
    expect(await refusal(changesIn(dir, ref))).toContain('has no commit');
    expect(existsSync(path.join(dir, 'x'))).toBe(false);
  });

  it.each(['HEAD:package.json', 'HEAD:sub', 'main^{tree}', git('rev-parse', 'HEAD:package.json')])(
    '%j is a file or folder, and is refused',
    async (ref) => {
      expect(await refusal(changesIn(dir, ref))).toContain('that is no commit');
    },
  );

  it('is known in other words', async () => {
    git('tag', '-a', 'v1', '-m', 'annotated');
    for (const ref of ['v1', 'main', 'HEAD~0', ':/a change', git('rev-parse', '--short', 'HEAD')]) {
      expect((await changesIn(dir, ref)).since.commit).toBe(git('rev-parse', 'HEAD'));
    }
  });

  it('may be missing in a shallow clone', async () => {
    commit({ 'sub/a.txt': 'b' });
    const clone = mkdtempSync(path.join(tmpdir(), 'phantom-guard-clone-'));
    execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${dir}`, clone]);
    expect(await refusal(changesIn(clone, 'HEAD~1'))).toContain('git fetch --unshallow');
  });
});

describe('git that is of no use', () => {
  it('is missing', async () => {
    const { dir } = createRepository(PROJECT);
    expect(await refusal(changesIn(dir, 'HEAD', '.', { PATH: '/nowhere' }))).toContain(
      'git cannot be started',
    );
  });

  it('knows no repository here', async () => {
    expect(await refusal(changesIn(writeProject(PROJECT)))).toContain('no git repository');
  });

  it('refuses the repository of another user', async () => {
    const { dir } = createRepository(PROJECT);
    const env = { ...process.env, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' };
    expect(await refusal(changesIn(dir, 'HEAD', '.', env))).toContain('safe.directory');
  });

  it('has no work tree here', async () => {
    const { dir } = createRepository(PROJECT);
    writeFileSync(path.join(dir, '.git/package.json'), '{"name":"inner"}');
    expect(await refusal(changesIn(dir, 'HEAD', '.git'))).toContain('work tree');
  });

  it('is ended by the user', async () => {
    const { dir } = createRepository(PROJECT);
    const tree = await readTree(dir);
    const options = { tree, target: dir, env: process.env, signal: AbortSignal.abort() };
    expect(await refusal(changesSince('HEAD', options))).toContain('ended');
  });

  it('has no temporary folder', async () => {
    const { dir } = createRepository(PROJECT);
    await withTemporary('/nowhere', async () => {
      expect(await refusal(changesIn(dir))).toContain('TMPDIR');
    });
  });

  it('lacks the files, in a clone without them', async () => {
    const { dir, git, commit } = createRepository(PROJECT);
    git('config', 'uploadpack.allowFilter', 'true');
    commit({ 'package-lock.json': packageLock({ ...locked('widget-kit'), ...locked('widget-new') }) });
    const clone = mkdtempSync(path.join(tmpdir(), 'phantom-guard-clone-'));
    execFileSync('git', ['clone', '--quiet', '--filter=blob:none', `file://${dir}`, clone]);
    expect(await refusal(changesIn(clone, 'HEAD~1'))).toContain('git fetch');
    expect((await changesIn(clone, 'HEAD')).ids).toEqual([]);
  });
});

describe('an earlier tree that cannot be read', () => {
  it.each([
    [
      'conflict markers',
      { 'package-lock.json': '<<<<<<< a\n{}\n=======\n{}\n>>>>>>> b\n' },
      'merge conflict',
    ],
    [
      'an unknown version',
      { 'package-lock.json': { lockfileVersion: 99, packages: {} } },
      'lockfileVersion 99',
    ],
    ['no JSON', { 'package-lock.json': 'nothing' }, 'package-lock.json'],
    ['a broken manifest', { 'package.json': '{' }, 'package.json'],
    ['no UTF-8', { 'package-lock.json': '\u00ff' }, 'package-lock.json'],
  ])('has %s, and that is said', async (_, broken, words) => {
    const { dir, write } = createRepository({ ...PROJECT, ...broken });
    write(PROJECT);
    const outer = mkdtempSync(path.join(tmpdir(), 'phantom-guard-outer-'));
    let message = '';
    await withTemporary(outer, async () => {
      message = await refusal(changesIn(dir));
    });
    expect(readdirSync(outer)).toEqual([]);
    expect(message).toContain('the tree at HEAD cannot be read');
    expect(message).toContain(words);
    expect(message).not.toContain('phantom-guard-since');
  });
});

describe('a hostile repository', () => {
  it('starts no program through its configuration or attributes', async () => {
    const ran = marker();
    const { dir, git } = createRepository(PROJECT);
    const program = path.join(dir, 'evil.sh');
    writeFileSync(program, `#!/bin/sh\ntouch '${ran}'\ncat\n`);
    chmodSync(program, 0o755);
    writeFileSync(path.join(dir, '.gitattributes'), '* diff=evil filter=evil merge=evil\n');
    mkdirSync(path.join(dir, 'hooks'));
    for (const setting of [
      'diff.evil.textconv',
      'diff.evil.command',
      'diff.external',
      'filter.evil.smudge',
      'filter.evil.clean',
      'filter.evil.process',
      'core.fsmonitor',
      'core.pager',
      'core.editor',
      'core.askPass',
      'core.sshCommand',
      'core.alternateRefsCommand',
      'pager.cat-file',
      'pager.ls-tree',
      'pager.rev-parse',
      'credential.helper',
      'gpg.program',
    ]) {
      git('config', setting, program);
    }
    for (const command of ['rev-parse', 'ls-tree', 'cat-file'])
      git('config', `alias.${command}`, `!${program}`);
    expect((await changesIn(dir)).ids).toEqual([]);
    expect(existsSync(ran)).toBe(false);
  });

  it('starts no git of its own', async () => {
    const ran = marker();
    const { dir } = createRepository(PROJECT);
    const bin = path.join(dir, 'node_modules/.bin');
    mkdirSync(bin, { recursive: true });
    for (const place of [bin, dir]) {
      writeFileSync(path.join(place, 'git'), `#!/bin/sh\ntouch '${ran}'\n`);
      chmodSync(path.join(place, 'git'), 0o755);
    }
    const env = { ...process.env, PATH: `${bin}:.:${process.env['PATH']}` };
    expect((await changesIn(dir, 'HEAD', '.', env)).ids).toEqual([]);
    expect(existsSync(ran)).toBe(false);
  });

  it('asks no remote for objects that are missing', async () => {
    const ran = marker();
    const { dir, git } = createRepository(PROJECT);
    const id = git('rev-parse', 'HEAD:package-lock.json');
    git('config', 'core.repositoryFormatVersion', '1');
    git('config', 'extensions.partialClone', 'origin');
    git('config', 'remote.origin.url', `ext::touch ${ran}`);
    git('config', 'remote.origin.promisor', 'true');
    git('config', 'remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*');
    git('config', 'protocol.ext.allow', 'always');
    execFileSync('rm', ['-f', path.join(dir, '.git/objects', id.slice(0, 2), id.slice(2))]);
    await refusal(changesIn(dir));
    expect(existsSync(ran)).toBe(false);
  });

  it('gets no link laid out, and what was a link counts as changed', async () => {
    const { dir, git } = createRepository({ 'package.json': PROJECT['package.json'] });
    writeFileSync(path.join(dir, 'lock.json'), JSON.stringify(PROJECT['package-lock.json']));
    symlinkSync('lock.json', path.join(dir, 'package-lock.json'));
    git('add', '--all');
    git('-c', 'core.symlinks=true', 'commit', '--quiet', '-m', 'link');
    expect((await changesIn(dir)).ids).toEqual(['node_modules/widget-kit']);
  });

  it('cannot lead out of the temporary folder', async () => {
    const { dir, git } = createRepository(PROJECT);
    const blob = git('rev-parse', 'HEAD:package.json');
    const raw = (mode: string, name: string, id: string) =>
      Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]);
    const make = (content: Buffer) =>
      execFileSync('git', ['hash-object', '-t', 'tree', '-w', '--literally', '--stdin'], {
        cwd: dir,
        input: content,
      })
        .toString()
        .trim();
    const evil = make(raw('100644', 'package.json', blob));
    const root = make(
      Buffer.concat([
        raw('40000', '..', evil),
        raw('100644', 'package-lock.json', git('rev-parse', 'HEAD:package-lock.json')),
        raw('100644', 'package.json', blob),
      ]),
    );
    const commit = git('commit-tree', root, '-m', 'evil');
    const outer = mkdtempSync(path.join(tmpdir(), 'phantom-guard-outer-'));
    await withTemporary(outer, async () => {
      expect((await changesIn(dir, commit)).ids).toEqual([]);
    });
    expect(readdirSync(outer)).toEqual([]);
  });

  it('does not pass for a bare one that lies in a project', async () => {
    const { dir } = createRepository(PROJECT);
    const bare = path.join(dir, 'inner');
    execFileSync('git', ['init', '--quiet', '--bare', bare]);
    writeFileSync(path.join(bare, 'package.json'), '{"name":"inner"}');
    expect(await refusal(changesIn(bare))).toContain('work tree');
  });
});

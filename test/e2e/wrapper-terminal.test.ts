import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardedUser, guardedWords, start } from '../support/guarded-process.js';
import { writeProject } from '../support/projects.js';
import { startTarballRegistry, type TarballRegistry } from '../support/tarball-registry.js';

const READER = `process.stdin.on('data', (typed) => process.stdout.write('<' + typed + '>'));`;
const TTY = `console.log(JSON.stringify([process.stdin, process.stdout, process.stderr].map((one) => one.isTTY === true)));`;
const CREATOR = {
  manifest: { bin: { 'create-zq-terminal': 'cli.js' } },
  files: { 'cli.js': `#!/usr/bin/env node\n${READER}` },
};

let registry: TarballRegistry;
beforeAll(async () => {
  registry = await startTarballRegistry([
    {
      name: 'create-zq-terminal',
      ageDays: 2_000,
      versions: { '1.0.0': CREATOR, '1.1.0': CREATOR, '1.2.0': CREATOR },
    },
  ]);
});
afterAll(() => registry.close());

const newProject = () =>
  writeProject({
    'read.js': READER,
    'tty.js': TTY,
    'wait.js': `process.stdout.write('ready'); setInterval(() => undefined, 1000);`,
    'package.json': {
      name: 'project',
      version: '1.0.0',
      scripts: { read: 'node read.js', tty: 'node tty.js', wait: 'exec node wait.js' },
    },
  });

const user = () => guardedUser(registry.url, { TERM: 'xterm' });

/** The words of a command line that has a terminal: https://man7.org/linux/man-pages/man1/script.1.html */
function inTerminal(words: readonly string[]): readonly string[] {
  return ['/usr/bin/script', '-qec', words.map((word) => `'${word}'`).join(' '), '/dev/null'];
}

describe('stdin', () => {
  it.each([
    [['npm', 'run', '--silent', 'read']],
    [['npm', 'init', '--yes', 'zq-terminal']],
    [['npx', '--yes', 'create-zq-terminal']],
  ])('of %j is that of the user', async (words) => {
    const started = start(guardedWords(...words), { ...user(), cwd: newProject(), stdin: 'pipe' });
    started.child.stdin?.end('typed');
    const { status, stdout } = await started.ended;
    expect([status, stdout]).toEqual([0, '<typed>']);
  });
});

describe.skipIf(process.platform !== 'linux' || !existsSync('/usr/bin/script'))('a terminal', () => {
  it('is there for npm and its scripts under the guard', async () => {
    const words = inTerminal(guardedWords('npm', 'run', '--silent', 'tty'));
    const { status, stdout } = await start(words, { ...user(), cwd: newProject(), stdin: 'pipe' }).ended;
    expect([status, stdout.trim()]).toEqual([0, '[true,true,true]']);
  });

  it('has the colours that npm gives it', async () => {
    const colors = [];
    for (const words of [
      ['npm', 'help', 'nothing-of-that-name'],
      ['npm', 'no-such-command'],
    ]) {
      for (const line of [words, guardedWords(...words)])
        colors.push(
          (await start(inTerminal(line), { ...user(), cwd: newProject(), stdin: 'pipe' }).ended).stdout,
        );
    }
    expect(colors[1]).toBe(colors[0]);
    expect(colors[3]).toBe(colors[2]);
  });

  it('passes Ctrl-C to npm, once', async () => {
    const endings = [];
    for (const line of [['npm', 'run', '--silent', 'wait'], guardedWords('npm', 'run', '--silent', 'wait')]) {
      const started = start(inTerminal(line), { ...user(), cwd: newProject(), stdin: 'pipe' });
      await started.says('ready');
      started.child.stdin?.write('\u0003');
      const { status, signal } = await started.ended;
      endings.push({ status, signal });
    }
    expect(endings[1]).toEqual(endings[0]);
  });
});

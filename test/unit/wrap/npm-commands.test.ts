import { execFileSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { npmCommand, npmEffect } from '../../../src/wrap/npm-commands.js';

type CommandList = {
  readonly aliases: Readonly<Record<string, string>>;
  readonly commands: readonly string[];
  readonly deref: (word: string) => string | undefined;
};

/** The table of the npm on the PATH; a private file of npm, so it may be gone one day. */
function npmsOwnTable(): CommandList | null {
  const npm = realpathSync(execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim());
  const file = path.join(path.dirname(npm), '../lib/utils/cmd-list.js');
  return existsSync(file) ? (createRequire(import.meta.url)(file) as CommandList) : null;
}

const table = npmsOwnTable();
const INSTALLING = [
  'install',
  'install-test',
  'ci',
  'install-ci-test',
  'update',
  'dedupe',
  'uninstall',
  'prune',
  'version',
];

describe('the commands of npm', () => {
  it.each([
    ['i', 'install'],
    ['isntall', 'install'],
    ['install', 'install'],
    ['installTest', 'install'],
    ['clean-install', 'ci'],
    ['cit', 'ci'],
    ['up', 'update'],
    ['ddp', 'update'],
    ['rm', 'update'],
    ['x', 'exec'],
    ['create', 'init'],
    ['ln', 'link'],
    ['upda', 'update'],
    ['prune', 'update'],
    ['version', 'workspaces'],
    ['verison', 'workspaces'],
    ['patch', 'reify'],
    ['ls', 'none'],
    ['run', 'none'],
    ['publish', 'none'],
    ['install-scripts', 'none'],
    ['', 'none'],
    ['__proto__', 'none'],
    ['constructor', 'none'],
  ])('%j has the effect %s', (word, effect) => {
    expect(npmEffect(word)).toBe(effect);
  });

  it.skipIf(table === null)('are those of the npm on the PATH, every beginning of them included', () => {
    const { aliases = {}, commands = [], deref = () => undefined } = table ?? {};
    const words = [...commands, ...Object.keys(aliases)];
    const beginnings = words.flatMap((word) => [...word].map((_, length) => word.slice(0, length + 1)));
    for (const word of new Set(beginnings)) {
      const meant = deref(word);
      if (meant === undefined) continue;
      const ours = npmCommand(word);
      if (INSTALLING.includes(meant) || ['exec', 'init', 'link', 'audit'].includes(meant))
        expect([word, ours]).toEqual([word, meant]);
      // `patch` of npm 12 makes "pa" ambiguous, which is "pack" before.
      else expect([word, npmEffect(word)]).toEqual([word, word === 'pa' ? 'reify' : 'none']);
    }
  });
});

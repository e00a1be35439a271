import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandsOf } from '../support/documented-commands.js';
import { createRepository } from '../support/git.js';
import { guardedUser } from '../support/guarded-process.js';
import { readPages } from '../support/markdown-pages.js';
import { pnpmManagers } from '../support/pnpm-managers.js';
import { pnpmFolder } from '../support/pnpm-on-path.js';
import { CLI } from '../support/run-cli.js';
import { runProcess } from '../support/run-process.js';
import { startTarballRegistry, type TarballRegistry } from '../support/tarball-registry.js';

/** What stands in the docs for a word of the reader's, and what a reader could put there. */
const PLACEHOLDERS: readonly (readonly [RegExp, string])[] = [
  [/^NAME$/, 'left-pad'],
  [/^NAME@VERSION$/, 'express-session-kit@1.0.0'],
  [/^FILE$/, 'names.txt'],
  [/^\/app$/, '.'],
  [/^\$(?:lockfile|staged)$/, 'package-lock.json'],
  [/^(?:origin\/)?\$.*$/, 'origin/main'],
  [/^…$/, 'read it'],
];

/** Output of other programs and prose that begin like a command. */
const NO_COMMAND = [/ stopped before any download/, /^init keeps:$/];
/** Names of programs that are guarded, without what they should do; nobody would type that. */
const UNFINISHED = new Set(['', 'npm', 'pnpm', 'npx', 'pnpx', 'validate']);

/** What an agent says on stdin before it runs a command. */
const TOOL_CALL = JSON.stringify({
  hook_event_name: 'PreToolUse',
  tool_name: 'Bash',
  tool_input: { command: 'npm install left-pad' },
});

const lines = [
  ...new Set(
    readPages()
      .flatMap(commandsOf)
      .map(({ words }) => words.join('\u0000')),
  ),
]
  .map((line) => line.split('\u0000'))
  .filter((words) => !NO_COMMAND.some((pattern) => pattern.test(words.join(' '))))
  .filter((words) => !(words.length === 1 && UNFINISHED.has(words[0] ?? '')));

let registry: TarballRegistry;
beforeAll(async () => {
  registry = await startTarballRegistry();
  registry.publish({ name: 'left-pad', versions: { '1.1.0': {}, '1.2.0': {}, '1.3.0': {} }, ageDays: 900 });
  registry.publish({ name: 'is-odd', versions: { '3.0.1': {} }, ageDays: 2000 });
  registry.publish({
    name: 'express-session-kit',
    versions: { '1.0.0': { manifest: { scripts: { install: 'node -e 0' } } } },
    ageDays: 2,
    repository: null,
  });
  const { version }: { version: string } = JSON.parse(readFileSync('package.json', 'utf8'));
  registry.publish({ name: 'pnpm-plugin-phantom-guard', versions: { [version]: {} }, ageDays: 1 });
});
afterAll(() => registry.close());

const dependencies = { 'left-pad': '1.3.0' };

/** A repository as a reader has one: a lockfile, a remote branch to compare with, a list of names. */
function createProject(lockfile: Readonly<Record<string, string | object>>): string {
  const { dir, git } = createRepository({
    'package.json': { name: 'project', version: '1.0.0', dependencies },
    'names.txt': 'is-odd\nexpress-session-kit\n',
    'README.md': 'Run `npm install left-pad`.\n',
    'AGENTS.md': 'Use left-pad.\n',
    '.github/workflows/ci.yml': 'jobs: {}\n',
    'docs/page.md': 'Run `npm install left-pad`.\n',
    'src/index.js': "import 'left-pad';\n",
    ...lockfile,
  });
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  return dir;
}

function npmLockfile(): object {
  const packages = {
    '': { name: 'project', version: '1.0.0', dependencies },
    'node_modules/left-pad': registry.lockEntry('left-pad', '1.3.0'),
  };
  return { name: 'project', version: '1.0.0', lockfileVersion: 3, packages };
}

function pnpmLockfile(): string {
  const { integrity } = registry.lockEntry('left-pad', '1.3.0');
  return [
    "lockfileVersion: '9.0'",
    'importers:',
    '  .:',
    '    dependencies:',
    '      left-pad:',
    '        specifier: 1.3.0',
    '        version: 1.3.0',
    'packages:',
    '  left-pad@1.3.0:',
    `    resolution: {integrity: ${integrity}}`,
    'snapshots:',
    '  left-pad@1.3.0: {}',
    '',
  ].join('\n');
}

/** Words of the docs as a reader would type them, for the loopback registry. */
function typed(words: readonly string[]): readonly string[] {
  const own = words.map((word) => PLACEHOLDERS.find(([pattern]) => pattern.test(word))?.[1] ?? word);
  // There is no terminal here on which somebody could say yes.
  const asks = own[0] === 'init' || own.includes('--install');
  const answered = asks && !own.includes('--yes') ? [...own, '--yes'] : own;
  return ['--downloads-url', 'none', ...answered];
}

describe('a command of the docs', () => {
  it('is one of many', () => {
    expect(lines.length).toBeGreaterThan(25);
  });

  it.concurrent.for(lines)(
    '%j runs, and ends with a decision',
    { timeout: 240_000 },
    async (words, { skip }) => {
      const isOfPnpm = /^pnp[mx]$/.test(words[0] ?? '');
      const [pnpm] = pnpmManagers().managers.slice(-1);
      if (isOfPnpm && pnpm === undefined) skip('needs a pnpm: npm run toolchain');
      const { env } = guardedUser(registry.url);
      const folders = isOfPnpm && pnpm !== undefined ? `${pnpmFolder(pnpm)}:` : '';
      // pnpm 11 and later read no npm_config_*: without these they ask the public registry, and ask again for over a minute.
      const ofPnpm = { pnpm_config_registry: registry.url, pnpm_config_fetch_retries: '0' };
      const cwd = createProject(
        isOfPnpm ? { 'pnpm-lock.yaml': pnpmLockfile() } : { 'package-lock.json': npmLockfile() },
      );
      const { status, stdout, stderr } = await runProcess(process.execPath, [CLI, ...typed(words)], {
        cwd,
        env: { ...env, ...ofPnpm, PATH: `${folders}${env['PATH']}`, SHELL: '/bin/bash' },
        ...(words[0] === 'agent-hook' ? { stdin: TOOL_CALL } : {}),
      });
      expect(`${stdout}\n${stderr}`).not.toMatch(/\b(?:USAGE|INTERNAL|NOT_YET)\b/);
      expect(status, stderr).toBeLessThan(2);
    },
  );
});

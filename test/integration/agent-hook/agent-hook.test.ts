import { chmodSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { fakeIo } from '../../support/fake-io.js';
import { type FakeRegistry, packument, startFakeRegistry } from '../../support/fake-registry.js';
import { packageLock, writeFiles, writeProject } from '../../support/projects.js';

/** Made from an established name, so that there is one to suggest. */
const INVENTED = 'jscodeshift-react-tools';
const FRESH = new Date(Date.now() - 2 * 86_400_000).toISOString();

let registry: FakeRegistry | null = null;
afterEach(async () => {
  registry?.verify();
  await registry?.close();
  registry = null;
});

type Run = {
  readonly cwd?: string;
  readonly absent?: readonly string[];
  readonly packages?: readonly string[];
  readonly words?: readonly string[];
  readonly home?: Readonly<Record<string, string>>;
};

/** Puts a tool call to the hook. */
async function hook(
  json: object | string,
  { cwd, absent = [], packages = [], words = [], home = {} }: Run = {},
) {
  registry = await startFakeRegistry({
    absent: [...absent],
    packages: Object.fromEntries(
      packages.map((name) => [
        name,
        packument({ name, created: FRESH, versions: { '1.0.0': FRESH }, repository: null }),
      ]),
    ),
  });
  const stdin = typeof json === 'string' ? json : JSON.stringify({ cwd, ...json });
  const { io, stdout, stderr } = fakeIo({ stdin, ...(cwd === undefined ? {} : { cwd }) });
  writeFiles(io.home, home);
  const where = ['--registry', registry.url, '--downloads-url', 'none', '--no-cache'];
  const { status } = await main(['agent-hook', ...where, ...words], io);
  return { status, stdout: stdout(), stderr: stderr() };
}

function bash(command: string, more: object = {}): object {
  return { hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: { command }, ...more };
}

/** The decision of Claude's form, or null for silence. */
function claude(
  stdout: string,
): { readonly permissionDecision: string; readonly permissionDecisionReason: string } | null {
  return stdout === '' ? null : JSON.parse(stdout).hookSpecificOutput;
}

describe('an install of an invented name', () => {
  it('is denied with the established package, in the words of the command', async () => {
    const { status, stdout } = await hook(bash(`pnpm add ${INVENTED}`), { absent: [INVENTED] });
    expect(status).toBe(0);
    expect(claude(stdout)).toMatchObject({
      permissionDecision: 'deny',
      permissionDecisionReason: expect.stringMatching(
        /`jscodeshift-react-tools` does not exist on the registry\. The established package is `jscodeshift`.*pnpm add jscodeshift\b/s,
      ) as string,
    });
  });

  it.each([
    [
      'codex',
      bash(`npm i ${INVENTED}`, { turn_id: 't', model: 'm' }),
      ['hookSpecificOutput', 'permissionDecision'],
    ],
    [
      'cursor',
      { hook_event_name: 'beforeShellExecution', conversation_id: 'c', command: `npm i ${INVENTED}` },
      ['permission'],
    ],
    [
      'copilot',
      { toolName: 'bash', toolArgs: JSON.stringify({ command: `npm i ${INVENTED}` }) },
      ['permissionDecision'],
    ],
  ])('is denied in the form of %s', async (_, json, at) => {
    const { status, stdout } = await hook(json, { absent: [INVENTED] });
    const answer = at.reduce<unknown>(
      (value, key) => (value as Record<string, unknown>)[key],
      JSON.parse(stdout),
    );
    expect([status, answer]).toEqual([0, 'deny']);
    expect(stdout).toContain('jscodeshift');
  });

  it('is denied where only one of several is invented, and where the package is fresh', async () => {
    expect(
      claude((await hook(bash(`npm i express ${INVENTED}`), { absent: [INVENTED] })).stdout)
        ?.permissionDecision,
    ).toBe('deny');
    await registry?.close();
    const { stdout } = await hook(bash('npm i zq-agent-widget'), { packages: ['zq-agent-widget'] });
    expect(claude(stdout)).toMatchObject({ permissionDecision: 'deny' });
  });
});

describe('silence', () => {
  it.each([['git status'], ['npm test'], ['npm install express'], ['ls $HOME/*.ts'], ['npm ci --help']])(
    'is the answer to %s, so that the agent’s own rules decide',
    async (command) => {
      expect(await hook(bash(command))).toEqual({ status: 0, stdout: '', stderr: '' });
    },
  );

  it('is none for Cursor, which takes it for a failure', async () => {
    const { stdout } = await hook({
      hook_event_name: 'beforeShellExecution',
      conversation_id: 'c',
      command: 'ls',
    });
    expect(JSON.parse(stdout)).toEqual({ permission: 'allow' });
  });

  it('is the answer to npx of what the project has installed', async () => {
    const cwd = writeProject({ 'node_modules/zq-local/package.json': {}, 'node_modules/.bin/zq-tool': '' });
    expect((await hook(bash('npx zq-local && npx zq-tool'), { cwd })).stdout).toBe('');
  });
});

describe('what can’t be told', () => {
  it.each([
    [bash('npm i $X'), 'ask'],
    [bash('npm i $X', { permission_mode: 'bypassPermissions' }), 'deny'],
    [bash('npm i $X', { turn_id: 't' }), 'deny'],
    [bash('npm i zq --registry https://localhost:9/'), 'ask'],
    [bash('phantom-guard-install accept zq --reason x'), 'deny'],
    [bash('rm -rf .phantom-guard'), 'ask'],
  ])('is put to a person where the agent asks one: %j', async (json, expected) => {
    expect(claude((await hook(json)).stdout)?.permissionDecision).toBe(expected);
  });

  it('is denied when nobody could judge it', async () => {
    const offline = await hook(bash(`npm i ${INVENTED}`), { words: ['--offline'] });
    expect(claude(offline.stdout)?.permissionDecision).toBe('deny');
    await registry?.close();
    const invalid = await hook(bash('npm i "a b"'));
    expect(claude(invalid.stdout)?.permissionDecision).toBe('deny');
    await registry?.close();
    const cwd = writeProject({ 'phantom-guard.config.json': '{' });
    expect(claude((await hook(bash('npm i express'), { cwd })).stdout)?.permissionDecision).toBe('deny');
  });

  it.each([
    ['{"tool_name":', 'INPUT_UNREADABLE'],
    ['', 'INPUT_UNREADABLE'],
  ])('ends with 2 where stdin is no tool call: %j', async (stdin, code) => {
    const { status, stdout, stderr } = await hook(stdin);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(code);
  });

  it.each([[['--agent', 'nobody']], [['--undo']], [['operand']], [['--install', 'nobody']]])(
    'ends with 2 for %j',
    async (words) => {
      expect((await hook(bash('ls'), { words })).status).toBe(2);
    },
  );
});

describe('an install of a project', () => {
  const files = {
    'package.json': { name: 'p', version: '1.0.0', dependencies: { [INVENTED]: '^1.0.0' } },
    'package-lock.json': packageLock({
      [`node_modules/${INVENTED}`]: { version: '1.0.0', integrity: 'sha512-AAAA' },
    }),
  };

  it('is judged by what lies on the disk, from any folder in it', async () => {
    const cwd = writeProject({ ...files, 'web/.keep': '' });
    const { stdout } = await hook(bash('cd web && npm ci'), { cwd, absent: [INVENTED] });
    expect(claude(stdout)).toMatchObject({
      permissionDecision: 'deny',
      permissionDecisionReason: expect.stringContaining(
        'npm uninstall jscodeshift-react-tools && npm install jscodeshift',
      ) as string,
    });
  });

  it('of yarn is judged by its package.json', async () => {
    const cwd = writeProject({ 'package.json': files['package.json'], 'yarn.lock': '' });
    expect(claude((await hook(bash('yarn'), { cwd, absent: [INVENTED] })).stdout)?.permissionDecision).toBe(
      'deny',
    );
  });

  it('is nothing where there is no project', async () => {
    expect((await hook(bash('npm install'), { cwd: writeProject({}) })).stdout).toBe('');
  });
});

describe('scripts on the disk', () => {
  it('are looked into, as far as they can be told', async () => {
    const cwd = writeProject({ 'a.sh': `npm ci "$X"\n. ./b.sh`, 'b.sh': `npm i ${INVENTED} $Y\n` });
    chmodSync(path.join(cwd, 'a.sh'), 0o755);
    const { stdout } = await hook(bash('./a.sh --fast'), { cwd, absent: [INVENTED] });
    expect(claude(stdout)?.permissionDecision).toBe('deny');
  });
});

describe('an edit', () => {
  it('that puts an invented name into a package.json is denied', async () => {
    const cwd = writeProject({ 'package.json': '{\n  "dependencies": { "express": "4" }\n}\n' });
    const edit = { old_string: '"express": "4"', new_string: `"express": "4", "${INVENTED}": "1"` };
    const json = { tool_name: 'Edit', tool_input: { file_path: path.join(cwd, 'package.json'), ...edit } };
    expect(claude((await hook(json, { cwd, absent: [INVENTED] })).stdout)?.permissionDecision).toBe('deny');
  });

  it('that changes nothing about dependencies is let alone, and so is one of another file', async () => {
    const cwd = writeProject({ 'package.json': { dependencies: { [INVENTED]: '1' } } });
    const write = (file: string, text: string): object => ({
      tool_name: 'Write',
      tool_input: { file_path: file, content: text },
    });
    const same = JSON.stringify({ name: 'x', dependencies: { [INVENTED]: '1' } });
    expect((await hook(write('package.json', same), { cwd })).stdout).toBe('');
    await registry?.close();
    expect((await hook(write('notes.md', `npm i ${INVENTED}`), { cwd })).stdout).toBe('');
  });

  it('that brings in an install by a script is denied', async () => {
    const content = JSON.stringify({ scripts: { setup: `npx ${INVENTED}` } });
    const json = { tool_name: 'Write', tool_input: { file_path: 'package.json', content } };
    expect(
      claude((await hook(json, { cwd: writeProject({}), absent: [INVENTED] })).stdout)?.permissionDecision,
    ).toBe('deny');
  });

  it('of an agent’s settings is stopped where the hook goes, and only there', async () => {
    const before = JSON.stringify({
      hooks: { PreToolUse: [{ command: 'x phantom-guard-install agent-hook --agent claude' }] },
    });
    const cwd = writeProject({ '.claude/settings.json': before });
    const write = (content: string): object => ({
      tool_name: 'Write',
      tool_input: { file_path: '.claude/settings.json', content },
    });
    expect(claude((await hook(write('{}'), { cwd })).stdout)?.permissionDecision).toBe('ask');
    await registry?.close();
    expect((await hook(write(before.replace('{', '{"model":"x",')), { cwd })).stdout).toBe('');
    await registry?.close();
    expect(claude((await hook(bash('rm .claude/settings.json'), { cwd })).stdout)?.permissionDecision).toBe(
      'ask',
    );
  });
});

it('a manager that is called past the shims of this user is called by its name first', async () => {
  const home = { '.local/share/phantom-guard/shims/npm': '' };
  expect(claude((await hook(bash('/usr/bin/npm i express'), { home })).stdout)?.permissionDecision).toBe(
    'ask',
  );
  await registry?.close();
  expect((await hook(bash('/usr/bin/npm i express'))).stdout).toBe('');
});

it('what a name holds for a terminal or a model is made harmless', async () => {
  const { stdout } = await hook(bash("npm i $'zq\\x1b[2J\\nrun this'"));
  expect(claude(stdout)?.permissionDecisionReason).not.toContain('\u001b');
});

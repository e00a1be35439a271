import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { AGENTS } from '../../../src/agent/hook-call.js';
import { main } from '../../../src/cli/main.js';
import { fakeIo } from '../../support/fake-io.js';
import { writeProject } from '../../support/projects.js';
import { snapshot } from '../../support/wiring.js';

const FILES = {
  claude: '.claude/settings.json',
  codex: '.codex/hooks.json',
  cursor: '.cursor/hooks.json',
  copilot: '.github/hooks/phantom-guard.json',
} as const;

type Options = {
  readonly cwd: string;
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly answer?: string;
};

async function install(words: readonly string[], { cwd, home, env = {}, answer }: Options) {
  const isTTY = answer !== undefined;
  const fake = fakeIo({ cwd, env: { HOME: home, ...env }, isTTY, ...(isTTY ? { stdin: answer } : {}) });
  const stdin = Object.assign(fake.io.stdin, { isTTY });
  const { status } = await main(['agent-hook', ...words], { ...fake.io, stdin, home });
  return { status, stdout: fake.stdout(), stderr: fake.stderr() };
}

function places(files: Parameters<typeof writeProject>[0] = {}) {
  return { cwd: writeProject(files), home: writeProject({}) };
}

describe.each(AGENTS)('the hook of %s', (agent) => {
  it('is written once, starts the user’s guard, and --undo leaves nothing', async () => {
    const at = places();
    expect(await install(['--install', agent, '--yes'], at)).toMatchObject({ status: 0 });
    const text = readFileSync(path.join(at.cwd, FILES[agent]), 'utf8');
    expect(text).toContain(`agent-hook --agent ${agent} || exit 2`);
    expect(text).not.toContain(at.cwd);
    expect(
      existsSync(
        path.join(at.home, '.local/share/phantom-guard/node_modules/phantom-guard-install/dist/cli.js'),
      ),
    ).toBe(true);
    expect((await install(['--install', agent], at)).stdout).toContain('Already wired');
    await install(['--install', agent, '--undo', '--yes'], at);
    expect(Object.values(snapshot(at.cwd)).filter((content) => content !== '/')).toEqual([]);
    expect((await install(['--install', agent, '--undo'], at)).stdout).toContain('nothing to take out');
  });

  it('leaves all else in the file byte for byte as it was', async () => {
    const mine = '{\n\t"version": 1,\n\t"hooks": {"other": [ {"command":"mine"} ]},\n\t"model":"x"\n}';
    const at = places({ [FILES[agent]]: mine });
    await install(['--install', agent, '--yes'], at);
    expect(JSON.parse(readFileSync(path.join(at.cwd, FILES[agent]), 'utf8'))).toMatchObject({
      version: 1,
      model: 'x',
      hooks: { other: [{ command: 'mine' }] },
    });
    await install(['--install', agent, '--undo', '--yes'], at);
    expect(readFileSync(path.join(at.cwd, FILES[agent]), 'utf8')).toBe(mine);
  });
});

describe('settings', () => {
  it('of the user name Node and guard by their paths, whatever a project’s environment says', async () => {
    const at = places();
    await install(['--install', 'claude', '--global', '--yes'], at);
    const text = readFileSync(path.join(at.home, FILES.claude), 'utf8');
    expect(text).toContain(process.execPath);
    expect(text).toContain(path.join(at.home, '.local/share/phantom-guard'));
    expect(text).not.toContain('PHANTOM_GUARD_HOME');
    expect(existsSync(path.join(at.cwd, '.claude'))).toBe(false);
  });

  it('with a hook that only looks like the guard’s get the guard’s', async () => {
    const command = 'node ./node_modules/phantom-guard-install/evil.js agent-hook --agent claude';
    const hooks = { PreToolUse: [{ matcher: 'Bash', hooks: [{ type: 'command', command }] }] };
    const at = places({ [FILES.claude]: { hooks } });
    await install(['--install', 'claude', '--yes'], at);
    const text = readFileSync(path.join(at.cwd, FILES.claude), 'utf8');
    expect(text).not.toContain('evil.js');
    expect(JSON.parse(text).hooks.PreToolUse).toHaveLength(1);
  });

  it.each([['[]'], ['{"hooks": []}'], ['{ // note\n}'], ['{"hooks": {"PreToolUse": {}}}']])(
    'that can’t be read stay: %s',
    async (text) => {
      const at = places({ [FILES.claude]: text });
      const { status, stderr } = await install(['--install', 'claude', '--yes'], at);
      expect(status).toBe(2);
      expect(stderr).toContain('CONFIG_INVALID');
      expect(readFileSync(path.join(at.cwd, FILES.claude), 'utf8')).toBe(text);
    },
  );

  it('are shown first, and written only when somebody says yes', async () => {
    const at = places();
    expect(await install(['--install', 'claude'], at)).toMatchObject({
      status: 2,
      stdout: expect.stringContaining('+++ .claude/settings.json') as string,
    });
    expect((await install(['--install', 'claude'], { ...at, answer: 'n\n' })).status).toBe(2);
    expect(existsSync(path.join(at.cwd, '.claude'))).toBe(false);
    expect((await install(['--install', 'claude'], { ...at, answer: 'y\n' })).status).toBe(0);
  });

  it('are not taken back for a coding agent', async () => {
    const at = places();
    await install(['--install', 'claude', '--yes'], at);
    const undo = ['--install', 'claude', '--undo', '--yes'];
    const refused = await install(undo, { ...at, env: { CLAUDECODE: '1' } });
    expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining('USAGE') as string });
    expect(existsSync(path.join(at.cwd, FILES.claude))).toBe(true);
    expect((await install(undo, { ...at, env: { CLAUDECODE: '1' }, answer: 'y\n' })).status).toBe(0);
  });
});

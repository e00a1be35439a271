import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { writeProject } from '../support/projects.js';
import { runCli } from '../support/run-cli.js';
import { runProcess } from '../support/run-process.js';
import { startTarballRegistry, type TarballRegistry } from '../support/tarball-registry.js';

const INVENTED = 'jscodeshift-react-tools';
const ESTABLISHED = 'jscodeshift';

let registry: TarballRegistry | null = null;
afterEach(async () => {
  await registry?.close();
  registry = null;
});

type Settings = {
  readonly hooks: {
    readonly PreToolUse: readonly { readonly hooks: readonly { readonly command: string }[] }[];
  };
};

/** A user whose Claude Code has the hook, in a project with a registry on loopback. */
async function start() {
  registry = await startTarballRegistry([{ name: ESTABLISHED, versions: { '17.0.0': {} }, ageDays: 3000 }]);
  const home = writeProject({});
  const cwd = writeProject({
    '.npmrc': `registry=${registry.url}\naudit=false\nfund=false\nupdate-notifier=false\n`,
    'package.json': { name: 'project', version: '1.0.0' },
  });
  const env = { HOME: home, PATH: process.env['PATH'] ?? '' };
  expect(
    await runCli(['agent-hook', '--install', 'claude', '--global', '--yes'], { cwd, env }),
  ).toMatchObject({ status: 0 });
  const settings = JSON.parse(readFileSync(path.join(home, '.claude/settings.json'), 'utf8')) as Settings;
  const command = String(settings.hooks.PreToolUse[0]?.hooks[0]?.command);
  const ask = async (tool_name: string, tool_input: object) => {
    const stdin = JSON.stringify({
      hook_event_name: 'PreToolUse',
      cwd,
      permission_mode: 'default',
      tool_name,
      tool_input,
    });
    return await runProcess('/bin/sh', ['-c', command], { cwd, env, stdin });
  };
  return { cwd, env, home, ask };
}

describe('an agent that invents a name', () => {
  it('is corrected on five ways, and ends with the established package installed', async () => {
    const { cwd, env, ask } = await start();
    const tries: readonly (readonly [string, object])[] = [
      ['Bash', { command: `npm install ${INVENTED}` }],
      ['Bash', { command: `cd . && n=npm; $n i -D ${INVENTED}@latest` }],
      ['Bash', { command: `npx -y ${INVENTED} init` }],
      [
        'Write',
        { file_path: path.join(cwd, 'package.json'), content: `{"dependencies":{"${INVENTED}":"^1.0.0"}}` },
      ],
      [
        'Bash',
        { command: `cat > package.json <<'EOF'\n{"dependencies":{"${INVENTED}":"1"}}\nEOF\nnpm install` },
      ],
    ];
    for (const [tool, input] of tries) {
      const { status, stdout } = await ask(tool, input);
      expect(status).toBe(0);
      const { permissionDecision, permissionDecisionReason } = JSON.parse(stdout).hookSpecificOutput;
      expect(permissionDecision).toBe('deny');
      expect(permissionDecisionReason).toContain(`\`${INVENTED}\` does not exist`);
      expect(permissionDecisionReason).toContain(`\`${ESTABLISHED}\``);
    }
    const command = `npm install ${ESTABLISHED}`;
    expect(await ask('Bash', { command })).toMatchObject({ status: 0, stdout: '' });
    expect(await runProcess('/bin/sh', ['-c', command], { cwd, env })).toMatchObject({ status: 0 });
    expect(existsSync(path.join(cwd, 'node_modules', ESTABLISHED, 'package.json'))).toBe(true);
    expect(existsSync(path.join(cwd, 'node_modules', INVENTED))).toBe(false);
  });
});

describe('the command in the settings', () => {
  it('refuses every call where the guard is gone', async () => {
    const { home, ask } = await start();
    expect(await ask('Bash', { command: 'ls' })).toMatchObject({ status: 0, stdout: '' });
    rmSync(path.join(home, '.local/share/phantom-guard'), { recursive: true });
    const { status, stderr } = await ask('Bash', { command: 'ls' });
    expect(status).toBe(2);
    expect(stderr).not.toBe('');
  });
});

describe('a call that installs nothing', () => {
  it('is let go with a few small files', async () => {
    const coverage = writeProject({});
    const { status, stdout } = await runProcess(process.execPath, ['dist/cli.js', 'agent-hook'], {
      cwd: process.cwd(),
      env: { HOME: writeProject({}), NODE_V8_COVERAGE: coverage },
      stdin: JSON.stringify({ tool_name: 'Bash', tool_input: { command: 'git status' } }),
    });
    expect([status, stdout]).toEqual([0, '']);
    const [report = ''] = readdirSync(coverage);
    const { result } = JSON.parse(readFileSync(path.join(coverage, report), 'utf8')) as {
      result: { url: string }[];
    };
    const files = result.flatMap(({ url }) => (url.includes('/dist/') ? [new URL(url).pathname] : []));
    expect(files.length).toBeLessThanOrEqual(4);
    expect(files.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThan(55_000);
  });
});

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { fakeIo } from '../../support/fake-io.js';
import { writeProject } from '../../support/projects.js';

const KNOWN = 'left-pad';
const INVENTED = 'zq-hooks-invented';

function projectOf(name: string) {
  const entry = { version: '1.3.0', resolved: `https://registry.example/${name}/-/${name}-1.3.0.tgz` };
  return writeProject({
    'package.json': { name: 'p', version: '1.0.0', dependencies: { [name]: '1.3.0' } },
    'package-lock.json': {
      name: 'p',
      version: '1.0.0',
      lockfileVersion: 3,
      packages: {
        '': { name: 'p', version: '1.0.0', dependencies: { [name]: '1.3.0' } },
        [`node_modules/${name}`]: { ...entry, integrity: `sha512-${'A'.repeat(86)}==` },
      },
    },
    [`node_modules/${name}/package.json`]: { name, version: '1.3.0', scripts: { install: 'true' } },
  });
}

async function run(words: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}) {
  const { io, stdout, stderr } = fakeIo({
    cwd,
    env: {
      npm_config_registry: 'https://registry.example/',
      PHANTOM_GUARD_OPTIONS: '--offline --downloads-url none --no-cache',
      ...env,
    },
  });
  const { status } = await main(words, io);
  return { status, text: `${stdout()}${stderr()}` };
}

describe('the preinstall hook', () => {
  const agents = {
    'npm 10': 'npm/10.9.9 node/v20.20.2 linux x64 workspaces/false',
    'npm 12': 'npm/12.2.0 node/v24.15.0 linux x64 workspaces/false',
    'pnpm 9': 'pnpm/9.15.9 npm/? node/v20.20.2 linux x64',
  };

  it.each(Object.entries(agents))(
    'under %s lets established names pass and nothing else',
    async (_, agent) => {
      const env = { npm_config_user_agent: agent };
      expect(await run(['preinstall'], projectOf(KNOWN), env)).toMatchObject({ status: 0 });
      expect((await run(['preinstall'], projectOf(INVENTED), env)).status).not.toBe(0);
    },
  );

  it('says where it comes after the dependencies, and takes no operand', async () => {
    const env = { npm_config_user_agent: agents['npm 10'] };
    expect((await run(['preinstall'], projectOf(INVENTED), env)).text).toContain('npm 10');
    expect(await run(['preinstall', 'x'], projectOf(KNOWN), env)).toMatchObject({ status: 2 });
    expect((await run(['preinstall'], projectOf(INVENTED))).status).not.toBe(0);
    const json = { PHANTOM_GUARD_OPTIONS: '--offline --downloads-url none --no-cache --format json', ...env };
    expect((await run(['preinstall'], projectOf(INVENTED), json)).status).not.toBe(0);
  });
});

describe('what the script gate runs', () => {
  const state = () => mkdtempSync(path.join(tmpdir(), 'phantom-guard-gate-'));

  it.each(['dependency', 'project'])('judges what is unpacked, for a script of a %s', async (kind) => {
    const words = (root: string, pid: string) => ['internal-gate', '--', kind, root, pid, '-', '-', state()];
    const known = projectOf(KNOWN);
    expect(await run(words(known, String(process.pid)), known)).toMatchObject({ status: 0 });
    const invented = projectOf(INVENTED);
    expect((await run(words(invented, '999999999'), invented)).status).not.toBe(0);
  });

  it('refuses every further script of the same install', async () => {
    const [dir, root] = [state(), projectOf(INVENTED)];
    const words = ['internal-gate', '--', 'dependency', root, '999999999', '12345', 'boot', dir];
    const first = await run(words, root);
    const second = await run(words, root);
    expect(first.status).not.toBe(0);
    expect(second.status).not.toBe(0);
  });

  it('is run by the hook only', async () => {
    expect((await run(['internal-gate', '--', 'project', 'here'], projectOf(KNOWN))).status).toBe(2);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Manager, managerEnv } from '../../support/managers.js';
import { runProcess } from '../../support/run-process.js';
import type { TarballRegistry } from '../../support/tarball-registry.js';
import { npms, PREINSTALL, serve, VERSION, writeProject } from './support.js';

const NAME = 'phantom-guard-install';
let registry: TarballRegistry;
let integrity = '';
beforeAll(async () => {
  const cli = `process.stderr.write('the pinned guard runs ' + process.argv[2] + '\\n'); process.exitCode = 1;`;
  registry = await serve([{ name: NAME, files: { 'dist/cli.js': cli } }]);
  integrity = registry.lockEntry(NAME, VERSION).integrity;
});
afterAll(async () => registry.close());

// npm ci does the same in every version; the matrix has a row of it for each.
describe.each(npms(11))('the recorded guard, with npm $version', (npm: Manager) => {
  const find = async (recorded: string) => {
    const record = { version: VERSION, integrity: recorded };
    const files = { 'package.json': { name: 'p' }, 'phantom-guard.lock.json': record };
    const { registry: url, home, directory } = writeProject(registry.url, files, []);
    const env = managerEnv(npm, { home, registry: url, env: { npm_execpath: npm.cli } });
    const run = () => runProcess(process.execPath, [PREINSTALL], { cwd: directory, env });
    return { first: await run(), again: run };
  };

  it('is installed once for the user, and runs', async () => {
    const { first, again } = await find(integrity);
    expect(first).toMatchObject({ status: 1, stdout: '' });
    expect(first.stderr).toContain('the pinned guard runs preinstall');
    expect((await again()).status).toBe(1);
  });

  it('never runs with other bytes than those recorded', async () => {
    const { first } = await find(`sha512-${'A'.repeat(86)}==`);
    expect(first.status).toBe(2);
    expect(first.stderr).toContain('EINTEGRITY');
    expect(first.stderr).not.toContain('the pinned guard runs');
  });
});

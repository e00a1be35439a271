import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  findNpms,
  type Npm,
  PREINSTALL,
  run,
  startTarballRegistry,
  type TarballRegistry,
  writeProject,
} from './support.js';

const NAME = 'phantom-guard-install';
let registry: TarballRegistry;
let integrity = '';
beforeAll(async () => {
  const cli = `process.stderr.write('the pinned guard runs ' + process.argv[2] + '\\n'); process.exitCode = 1;`;
  registry = await startTarballRegistry([{ name: NAME, files: { 'dist/cli.js': cli } }]);
  const tarball = await (await fetch(`${registry.url}${NAME}/-/${NAME}-1.24.0.tgz`)).arrayBuffer();
  integrity = `sha512-${createHash('sha512').update(Buffer.from(tarball)).digest('base64')}`;
});
afterAll(async () => registry.close());

const npms = findNpms().filter(({ major }) => major < 12);
if (npms.length === 0)
  it.skip('no npm is here: "npm run toolchain" installs some, or set PHANTOM_GUARD_TOOLS');

describe.each(npms)('the recorded guard, with npm $version', (npm: Npm) => {
  const find = async (recorded: string) => {
    const record = { version: '1.24.0', integrity: recorded };
    const one = writeProject(
      registry.url,
      { 'package.json': { name: 'p' }, 'phantom-guard.lock.json': record },
      [],
    );
    const env = { PATH: process.env['PATH'] ?? '', HOME: one.home, npm_execpath: npm.cli };
    const first = await run(process.execPath, [PREINSTALL], { cwd: one.directory, env });
    return { first, again: () => run(process.execPath, [PREINSTALL], { cwd: one.directory, env }) };
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

// Packs verdaccio-phantom-guard, installs the tarball into an empty folder without a network, and has each Verdaccio that `npm run toolchain`
// installs load it from there: npm run check:gateway.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startTarballRegistry } from '../test/support/tarball-registry.js';
import { startVerdaccio, type VerdaccioProgram, verdaccios } from '../test/support/verdaccio.js';

const SQUAT = 'zq-fresh-squat-kit';

const place = mkdtempSync(path.join(tmpdir(), 'phantom-guard-check-gateway-'));
execFileSync(process.execPath, ['scripts/pack-gateway.mjs', '--to', place], { stdio: 'inherit' });
const tarball = readdirSync(place).find((file) => file.endsWith('.tgz')) ?? '';
writeFileSync(path.join(place, 'package.json'), '{ "private": true }\n');
const words = ['install', '--offline', '--no-audit', '--no-fund', `./${tarball}`];
execFileSync('npm', words, { cwd: place, stdio: 'inherit' });

const { programs, skipped } = verdaccios();
for (const reason of skipped) console.log(`skipped: ${reason}`);
for (const program of programs) await check(program);
rmSync(place, { recursive: true, force: true });

async function check(program: VerdaccioProgram): Promise<void> {
  const upstream = await startTarballRegistry([
    { name: SQUAT, ageDays: 3, repository: null, description: null, versions: { '1.0.0': {} } },
  ]);
  const plugins = path.join(place, 'node_modules');
  const verdaccio = await startVerdaccio(program, plugins, {
    uplink: upstream.url,
    plugin: { deadlineMs: 30_000 },
  });
  try {
    const health = await fetch(`${verdaccio.url}-/phantom-guard/health`);
    const { status, version } = (await health.json()) as { status: string; version: string };
    const squat = await fetch(`${verdaccio.url}${SQUAT}`);
    console.log(
      `Verdaccio ${program.version}: ${version} is ${status}; a fresh squat is answered with ${squat.status}`,
    );
    if (health.status !== 200 || status !== 'ok' || squat.status !== 403) process.exitCode = 1;
  } finally {
    await verdaccio.stop();
    await upstream.close();
  }
}

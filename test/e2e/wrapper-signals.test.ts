import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareSnapshots, takeSnapshot } from '../matrix/snapshot.js';
import { guardedUser, guardedWords, type Started, start } from '../support/guarded-process.js';
import { writeProject } from '../support/projects.js';
import { startTarballRegistry, type TarballRegistry } from '../support/tarball-registry.js';

const NAME = 'zq-signal-one';
let registry: TarballRegistry;
beforeAll(async () => {
  registry = await startTarballRegistry([
    { name: NAME, ageDays: 2_000, versions: { '1.0.0': {}, '1.1.0': {}, '1.2.0': {} } },
  ]);
});
afterAll(() => registry.close());

const WAITING = `process.stdout.write('ready\\n'); setInterval(() => undefined, 1000);`;
const HANDLING = `for (const one of ['SIGINT', 'SIGTERM']) process.on(one, () => { process.stdout.write(one); process.exit(7); }); ${WAITING}`;

/** Runs a script of a project that waits, plainly and guarded, and sends the same when it is ready. */
async function both(script: string, send: (started: Started) => void) {
  const cwd = writeProject({
    'wait.js': script,
    'package.json': { name: 'project', version: '1.0.0', scripts: { wait: 'exec node wait.js' } },
  });
  const words = ['npm', 'run', '--silent', 'wait'];
  const endings = [];
  for (const line of [words, guardedWords(...words)]) {
    const started = start(line, { ...guardedUser(registry.url), cwd });
    await started.says('ready');
    send(started);
    const { status, signal, stdout } = await started.ended;
    await started.gone();
    endings.push({ status, signal, stdout });
  }
  return endings;
}

describe('a signal', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    '%s to the guard reaches npm, and ends it as without',
    async (signal) => {
      for (const script of [WAITING, HANDLING]) {
        const [plain, guarded] = await both(script, (started) => started.send(signal));
        expect(guarded).toEqual(plain);
      }
    },
  );

  it('SIGINT to all, as a terminal sends it, ends npm as without', async () => {
    const [plain, guarded] = await both(WAITING, (started) => started.send('SIGINT', 'group'));
    expect(guarded).toEqual(plain);
  });

  it('that ends npm in the middle of an install takes the project back to what it was', async () => {
    const cwd = writeProject({ 'package.json': { name: 'project', version: '1.0.0' } });
    const before = takeSnapshot(cwd);
    const user = guardedUser(registry.url);
    const started = start(guardedWords('npm', 'install', NAME), { ...user, cwd });
    registry.onRequest(async (asked) => {
      if (!asked.endsWith('.tgz')) return;
      started.send('SIGTERM');
      // npm answers a signal when the request is answered, and is told before.
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    const { status, signal } = await started.ended;
    await started.gone();
    expect([status, signal]).not.toEqual([0, null]);
    const { modules: _npms, ...ours } = compareSnapshots(before, takeSnapshot(cwd));
    expect(ours).toEqual({ manifests: true, lockfile: true, rest: true });
    expect(readdirSync(user.temporary).filter((name) => name.startsWith('phantom-guard-'))).toEqual([]);
  });
});

import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fill, mountSmallDisk, unmountAll } from '../../../test/hostile/small-disk.js';
import { compareSnapshots, takeSnapshot } from '../../../test/matrix/snapshot.js';
import { expectQuiet, verdictsOf } from '../compare.js';
import { expectGone } from '../expect-gone.js';
import { type Count, type FaultKind, Skipped } from '../fault.js';
import { newProject, newUser, SQUAT, startInstall, startInstallRegistry } from '../install-world.js';
import { random } from '../random.js';
import { untilAsked } from '../until-asked.js';
import { check, openWorld, startCheck } from '../world.js';

const TIMES = { quick: 1, whole: 10 };
const PACKAGES = 120;

/** A disk of 64 kB is filled up in the middle of a check that keeps its facts there, and of an install that stages there. */
export const diskFull: FaultKind = {
  name: 'disk-full',
  fault: 'the disk of the cache, or of temporary files, is full in the middle of a run',
  run: async (size, count) => {
    try {
      for (let index = 0; index < TIMES[size]; index++) await fillCache(count);
      await fillTemporary(count, true);
      await fillTemporary(count, false);
    } finally {
      unmountAll();
    }
  },
};

async function fillCache(count: Count): Promise<void> {
  const world = await openWorld({ packages: PACKAGES });
  try {
    const quiet = verdictsOf((await check(world, { words: ['--no-cache'] })).report as never);
    if (!mountSmallDisk(world.cacheDir)) throw new Skipped('only root may mount a disk of 64 kB');
    const started = startCheck(world);
    await untilAsked(world.registry, random.below(PACKAGES), started.ended);
    const free = fill(world.cacheDir, 0);
    count.injected++;
    const { stdout } = await started.ended;
    await expectGone(count, started);
    const verdicts = verdictsOf(JSON.parse(stdout));
    for (const name of world.names) {
      count.look('judged', verdicts.has(name), `${name} is not in the report`);
      count.look('verdicts', verdicts.get(name) === quiet.get(name), `${name} is ${verdicts.get(name)}`);
    }
    free();
    expectQuiet(count, quiet, (await check(world)).report);
  } finally {
    unmountAll();
    await world.close();
  }
}

/** The folder of temporary files has no room for a staged copy. */
async function fillTemporary(count: Count, isRefused: boolean): Promise<void> {
  const registry = await startInstallRegistry();
  try {
    const project = newProject(registry, isRefused);
    const before = takeSnapshot(project);
    const user = newUser(registry);
    if (!mountSmallDisk(user.temporary)) throw new Skipped('only root may mount a disk of 64 kB');
    const free = fill(user.temporary, 4096);
    count.injected++;
    const { status } = await startInstall(['install', '--no-audit'], user, project).ended;
    const isUntouched = Object.values(compareSnapshots(before, takeSnapshot(project))).every(Boolean);
    if (status !== 0) count.look('untouched', isUntouched, `npm install ended with ${status}`);
    count.look(
      'verdicts',
      !isRefused || (status !== 0 && status !== null),
      `refused, and ended with ${status}`,
    );
    free();
    const next = await startInstall(['install', '--no-audit'], user, project).ended;
    count.look(
      'next',
      isRefused ? next.status === 1 && next.stderr.includes(SQUAT) : next.status === 0,
      `the next install ended with ${next.status}: ${next.stderr}`,
    );
    const left = existsSync(user.temporary)
      ? readdirSync(user.temporary).filter((name) => name.startsWith('phantom'))
      : [];
    count.look('leftovers', left.length === 0, left.map((name) => path.basename(name)).join(', '));
  } finally {
    unmountAll();
    await registry.close();
  }
}

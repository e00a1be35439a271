import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { compareSnapshots, takeSnapshot } from '../../../test/matrix/snapshot.js';
import type { GuardedUser } from '../../../test/support/guarded-process.js';
import type { TarballRegistry } from '../../../test/support/tarball-registry.js';
import { expectGone } from '../expect-gone.js';
import type { Count, FaultKind } from '../fault.js';
import {
  isInstalled,
  leftoversOf,
  newProject,
  newUser,
  SQUAT,
  startInstall,
  startInstallRegistry,
} from '../install-world.js';
import { momentIn } from '../random.js';

const MOMENTS = { quick: 6, whole: 80 };
/** After so many kills comes a run that is left alone. */
const KILLS_IN_A_ROW = { quick: 3, whole: 8 };

type Scene = {
  readonly registry: TarballRegistry;
  readonly words: readonly string[];
  /** The tree has a squat. */
  readonly isRefused: boolean;
};

const SCENES: readonly Omit<Scene, 'registry'>[] = [
  { words: ['ci'], isRefused: true },
  { words: ['install'], isRefused: true },
  { words: ['ci'], isRefused: false },
  { words: ['install'], isRefused: false },
];

/** `npm ci` and `npm install` by the wrapper, of a tree that is refused and of one that is allowed. */
export const killInstall: FaultKind = {
  name: 'kill-install',
  fault: 'kill -9 of the guard at a random moment of a guarded `npm ci` or `npm install`',
  run: async (size, count) => {
    const registry = await startInstallRegistry();
    const row = KILLS_IN_A_ROW[size];
    try {
      for (let round = 0; round * row < MOMENTS[size]; round++) {
        const scene = { registry, ...(SCENES[round % SCENES.length] as Omit<Scene, 'registry'>) };
        await killInARow(scene, Math.min(row, MOMENTS[size] - round * row), count);
      }
    } finally {
      await registry.close();
    }
  },
};

async function killInARow(scene: Scene, kills: number, count: Count): Promise<void> {
  const project = newProject(scene.registry, scene.isRefused);
  const before = takeSnapshot(project);
  const first = newUser(scene.registry);
  const startMs = performance.now();
  await whole(scene, first, project, count);
  const durationMs = performance.now() - startMs;
  // All of them share the folder for temporary files, so that the last one has to clear up.
  for (let index = 0; index < kills; index++) {
    const user = newUser(scene.registry);
    const shared = { ...user, env: { ...user.env, TMPDIR: first.temporary } };
    const started = startInstall(scene.words, shared, project);
    await sleep(momentIn(durationMs));
    if (started.child.exitCode === null) started.send('SIGKILL');
    await started.ended;
    // The guard alone is killed; the npm that it had started ends by itself.
    await expectGone(count, started);
    count.injected++;
    if (scene.isRefused) expectUntouched(before, project, count);
    rmSync(user.home, { recursive: true, force: true });
  }
  await whole(scene, first, project, count);
  count.look('leftovers', leftoversOf(first).length === 0, leftoversOf(first).join(', '));
  if (scene.isRefused) expectUntouched(before, project, count);
  for (const folder of [project, first.home]) rmSync(folder, { recursive: true, force: true });
}

async function whole(
  { words, isRefused }: Scene,
  user: GuardedUser,
  project: string,
  count: Count,
): Promise<void> {
  const { status, stderr } = await startInstall(words, user, project).ended;
  const isRight = isRefused ? status === 1 && stderr.includes(SQUAT) : status === 0 && isInstalled(project);
  count.look('next', isRight, `npm ${words.join(' ')} ended with ${status}: ${stderr.slice(-300)}`);
}

function expectUntouched(before: ReturnType<typeof takeSnapshot>, project: string, count: Count): void {
  const parts = compareSnapshots(before, takeSnapshot(project));
  count.look('untouched', Object.values(parts).every(Boolean), `${project}: ${JSON.stringify(parts)}`);
}

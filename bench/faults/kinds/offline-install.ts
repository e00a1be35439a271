import { rmSync } from 'node:fs';
import { compareSnapshots, takeSnapshot } from '../../../test/matrix/snapshot.js';
import { guardedUser } from '../../../test/support/guarded-process.js';
import { expectGone } from '../expect-gone.js';
import type { FaultKind } from '../fault.js';
import { openGate } from '../gate.js';
import {
  GOOD,
  leftoversOf,
  newProject,
  SQUAT,
  startInstall,
  startInstallRegistry,
} from '../install-world.js';
import { random } from '../random.js';
import { untilAsked } from '../until-asked.js';

const TIMES = { quick: 1, whole: 12 };

/** The tree has a squat: it is not allowed, whether that is known or not. */
export const offlineInstall: FaultKind = {
  name: 'offline-install',
  fault: 'the network goes in the middle of a guarded install, before the verdict',
  run: async (size, count) => {
    const registry = await startInstallRegistry();
    const gate = await openGate(Number(new URL(registry.url).port));
    try {
      for (let index = 0; index < TIMES[size]; index++) {
        const project = newProject(registry, true);
        const before = takeSnapshot(project);
        const user = guardedUser(gate.url);
        const started = startInstall(index % 2 === 0 ? ['ci'] : ['install'], user, project);
        await untilAsked(registry, random.below(GOOD.length + 1), started.ended);
        await gate.cut();
        const { status, stderr } = await started.ended;
        await expectGone(count, started);
        count.injected++;
        const isRefused = status === 1 || status === 2;
        count.look('verdicts', isRefused, `the install ended with ${status}: ${stderr.slice(-300)}`);
        const parts = Object.values(compareSnapshots(before, takeSnapshot(project)));
        count.look(
          'untouched',
          parts.every(Boolean),
          `the install that ended with ${status} changed ${project}`,
        );
        await gate.mend();
        const next = await startInstall(['ci'], user, project).ended;
        count.look('next', next.status === 1 && next.stderr.includes(SQUAT), `ended with ${next.status}`);
        count.look('leftovers', leftoversOf(user).length === 0, leftoversOf(user).join(', '));
        for (const folder of [project, user.home]) rmSync(folder, { recursive: true, force: true });
      }
    } finally {
      await gate.close();
      await registry.close();
    }
  },
};

import { GUARD_NAME } from '../support/installed-guard.js';
import { lockedAtTop } from './lockfile.js';
import { BYSTANDERS, subjectOf } from './packages.js';
import { bystanders, direct, healthy, locked, manifest, subjectEntry, withLockfile } from './plans.js';
import { publishGuard } from './published-guard.js';
import type { Command, GuardPlace, Plan, Scenario, World } from './world.js';

/** A clean clone whose hook has to find the guard: only a hook that lies in the project has to. */
export const GUARD_PLACE_SCENARIOS: readonly Scenario[] = [
  ofPlace('project', 'guard-project', 'guard in node_modules, `npm install`', (world) =>
    asksForGuard(world, ['npm', 'install']),
  ),
  ofPlace('project', 'guard-project-ci', 'guard in node_modules, `npm ci`', (world) =>
    asksForGuard(world, ['npm', 'ci']),
  ),
  ofPlace('user', 'guard-user', 'clean clone, guard in the user’s install, `npm ci`', clone),
  ofPlace(
    'pinned',
    'guard-pinned',
    'clean clone, guard recorded in phantom-guard.lock.json, `npm ci`',
    clone,
  ),
  ofPlace('nowhere', 'guard-nowhere', 'clean clone, no guard anywhere, `npm ci`', clone),
];

function ofPlace(guardPlace: GuardPlace, id: string, title: string, plan: (world: World) => Plan): Scenario {
  return { id, title, plan, guardPlace, guards: ['preinstall'] };
}

function clone(world: World): Plan {
  return locked(world, ['npm', 'ci']);
}

/** The guard is a dependency of the project, as of one that has it among its own. */
function asksForGuard(world: World, command: Command): Plan {
  const { version, ...rest } = publishGuard(world.registry);
  const root = manifest({
    dependencies: { ...bystanders(), ...direct(world) },
    devDependencies: { [GUARD_NAME]: version },
  });
  const packages = {
    ...lockedAtTop(world.registry, healthy(BYSTANDERS)),
    [`node_modules/${subjectOf(world.variant).name}`]: subjectEntry(world),
    [`node_modules/${GUARD_NAME}`]: { version, ...rest, dev: true },
  };
  return withLockfile(root, packages, command);
}

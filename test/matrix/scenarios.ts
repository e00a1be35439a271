import { COMMAND_SCENARIOS, moving } from './command-scenarios.js';
import { gitScenario } from './git-scenario.js';
import { GUARD_PLACE_SCENARIOS } from './guard-place-scenarios.js';
import { installedFiles, type LockedEntry, lockedAtTop } from './lockfile.js';
import { BYSTANDERS, bundlerOf, CURRENT, creatorOf, quietOf, subjectOf } from './packages.js';
import {
  bystanders,
  direct,
  healthy,
  locked,
  manifest,
  project,
  subjectEntry,
  withLockfile,
} from './plans.js';
import { isRemotePath, remoteScenario, serveRemote } from './remote-scenario.js';
import type { Plan, Scenario, World } from './world.js';

/** The bystander that is installed before, where one is. */
const [INSTALLED] = BYSTANDERS;

/** Every way in which a package gets into a project or is run; the rows of the matrix. */
export const SCENARIOS: readonly Scenario[] = [
  {
    id: 'install',
    title: '`npm install`, no lockfile',
    plan: (world) => project(['npm', 'install'], { dependencies: direct(world) }),
  },
  {
    id: 'install-lock',
    title: '`npm install`, lockfile',
    plan: (world) => locked(world, ['npm', 'install']),
  },
  {
    id: 'allowed-scripts',
    title: '`npm install`, package.json allows the scripts of X',
    plan: (world) =>
      project(['npm', 'install'], {
        dependencies: direct(world),
        allowScripts: { [subjectOf(world.variant).name]: true },
      }),
  },
  {
    id: 'add',
    title: '`npm install X`',
    plan: ({ registry, variant }) => {
      const root = manifest({ dependencies: bystanders() });
      const packages = lockedAtTop(registry, healthy(BYSTANDERS));
      const plan = withLockfile(root, packages, ['npm', 'install', subjectOf(variant).name]);
      return { ...plan, files: { ...plan.files, ...installedFiles(registry, root, healthy([INSTALLED])) } };
    },
  },
  {
    id: 'ci',
    title: '`npm ci`',
    empties: true,
    plan: (world) => {
      const plan = locked(world, ['npm', 'ci']);
      const installed = installedFiles(world.registry, manifest({}), healthy([INSTALLED]));
      return { ...plan, files: { ...plan.files, ...installed } };
    },
  },
  {
    id: 'update',
    title: '`npm update`, the newer version asks for X',
    plan: (world) => moving(world, ['npm', 'update']),
  },
  {
    id: 'npx',
    title: '`npx X`',
    gateReach: 'ran',
    plan: (world) => project(['npx', '--yes', subjectOf(world.variant).name]),
  },
  {
    id: 'npx-program',
    title: '`npx X`, X has no scripts but its program',
    gateReach: 'landed',
    plan: ({ variant }) => ({
      ...project(['npx', '--yes', quietOf(variant).name]),
      subject: quietOf(variant),
    }),
  },
  {
    id: 'create',
    title: '`npm create X`',
    gateReach: 'ran',
    plan: (world) => ({
      ...project(['npm', 'create', '--yes', subjectOf(world.variant).name]),
      subject: creatorOf(world.variant),
    }),
  },
  {
    id: 'workspace',
    title: 'a workspace asks for X',
    plan: (world) => {
      const member = { name: 'zq-matrix-member', version: '1.0.0', dependencies: direct(world) };
      const plan = project(['npm', 'install'], { workspaces: ['packages/*'] });
      return { ...plan, files: { ...plan.files, 'packages/member/package.json': member } };
    },
  },
  {
    id: 'optional',
    title: 'optional dependency',
    plan: (world) => project(['npm', 'install'], { optionalDependencies: direct(world) }),
  },
  {
    id: 'peer',
    title: 'peer dependency of a dependency',
    plan: () => project(['npm', 'install'], { dependencies: carried('zq-matrix-peer-carrier') }),
  },
  {
    id: 'alias',
    title: 'alias `npm:X`',
    plan: (world) => {
      const { name, version } = subjectOf(world.variant);
      return project(['npm', 'install'], {
        dependencies: { 'zq-matrix-friendly': `npm:${name}@${version}` },
      });
    },
  },
  {
    id: 'transitive',
    title: 'dependency of a dependency',
    plan: () => project(['npm', 'install'], { dependencies: carried('zq-matrix-carrier') }),
  },
  {
    id: 'tampered',
    title: 'lockfile entry of another package resolves to X',
    plan: (world) => (world.variant === 'bad' ? tampered(world, {}) : locked(world, ['npm', 'ci'])),
  },
  {
    id: 'tampered-host',
    title: 'the same, on another host',
    plan: (world) => {
      if (world.variant === 'healthy') return locked(world, ['npm', 'ci']);
      const resolved = serveRemote(world);
      return { ...tampered(world, { resolved }), isSubjectPath: isRemotePath };
    },
  },
  {
    id: 'no-integrity',
    title: 'lockfile entry without integrity',
    plan: (world) => {
      const { integrity: _none, ...entry } = subjectEntry(world);
      return locked(world, ['npm', 'ci'], entry);
    },
  },
  gitScenario,
  remoteScenario,
  {
    id: 'warm-cache',
    title: '`npm ci`, X is in the npm cache',
    warm: true,
    plan: (world) => locked(world, ['npm', 'ci']),
  },
  {
    id: 'bundled',
    title: 'X is bundled in a package, no lockfile',
    plan: ({ variant }) => {
      const { name, version } = bundlerOf(variant);
      const plan = project(['npm', 'install'], { dependencies: { [name]: version } });
      return { ...plan, subject: { name, version } };
    },
  },
  {
    id: 'bundled-lock',
    title: 'X is bundled in a package, lockfile',
    plan: (world) => {
      const bundler = bundlerOf(world.variant);
      const { resolved: _from, integrity: _of, ...bundled } = subjectEntry(world);
      const place = `node_modules/${bundler.name}/node_modules/${subjectOf(world.variant).name}`;
      const packages = {
        ...lockedAtTop(world.registry, [...healthy(BYSTANDERS), bundler]),
        [place]: { ...bundled, inBundle: true },
      };
      const root = manifest({ dependencies: { ...bystanders(), [bundler.name]: bundler.version } });
      return { ...withLockfile(root, packages, ['npm', 'install']), subject: bundler };
    },
  },
  {
    id: 'global',
    title: '`npm install -g X`',
    plan: (world) => project(['npm', 'install', '-g', subjectOf(world.variant).name]),
  },
  ...COMMAND_SCENARIOS,
  ...GUARD_PLACE_SCENARIOS,
];

function carried(carrier: string): Record<string, string> {
  return { [carrier]: CURRENT };
}

/** A project of bystanders, one of which the lockfile replaces by the subject. */
function tampered(world: World, changes: LockedEntry): Plan {
  const packages = lockedAtTop(world.registry, healthy(BYSTANDERS));
  const victim = `node_modules/${INSTALLED}`;
  const { resolved, integrity } = subjectEntry(world);
  const entry = { ...packages[victim], resolved, integrity, hasInstallScript: true, ...changes };
  const root = manifest({ dependencies: bystanders() });
  return withLockfile(root, { ...packages, [victim]: entry }, ['npm', 'ci']);
}

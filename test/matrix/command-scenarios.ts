import { installedFiles, lockedAtTop } from './lockfile.js';
import { BYSTANDERS, CURRENT, PREVIOUS, subjectOf } from './packages.js';
import { bystanders, direct, healthy, locked, manifest, project, withLockfile } from './plans.js';
import type { Command, Plan, Scenario, World } from './world.js';

const MOVER = 'zq-matrix-mover';

/** Commands of npm that install, other than those that everybody thinks of. */
export const COMMAND_SCENARIOS: readonly Scenario[] = [
  {
    id: 'dedupe',
    title: '`npm dedupe`, the one version asks for X',
    plan: (world) => duplicated(world, ['npm', 'dedupe']),
  },
  {
    id: 'audit-fix',
    title: '`npm audit fix`, the mended version asks for X',
    plan: (world) => {
      world.registry.publishAdvisory(MOVER, `<${CURRENT}`);
      return moving(world, ['npm', 'audit', 'fix']);
    },
  },
  {
    id: 'link',
    title: '`npm link X`',
    plan: (world) => project(['npm', 'link', subjectOf(world.variant).name]),
  },
  {
    id: 'exec',
    title: '`npm exec X`',
    gateReach: 'ran',
    plan: (world) => project(['npm', 'exec', '--yes', '--', subjectOf(world.variant).name]),
  },
  {
    id: 'prefix',
    title: '`npm install --prefix`, from another folder',
    plan: (world) => ({
      ...project(['npm', 'install', '--prefix', '../project'], { dependencies: direct(world) }),
      cwd: '../elsewhere',
    }),
  },
  {
    id: 'member',
    title: '`npm install X -w MEMBER`',
    plan: ({ variant }) => {
      const { name } = subjectOf(variant);
      const plan = project(['npm', 'install', name, '-w', 'zq-matrix-member'], {
        workspaces: ['packages/*'],
      });
      const member = { name: 'zq-matrix-member', version: '1.0.0' };
      return { ...plan, files: { ...plan.files, 'packages/member/package.json': member } };
    },
  },
  {
    id: 'rebuild',
    title: '`npm install --ignore-scripts`, then `npm rebuild`',
    gateReach: 'landed',
    plan: (world) => ({
      ...locked(world, ['npm', 'install', '--ignore-scripts']),
      second: ['npm', 'rebuild'],
    }),
  },
  {
    id: 'update-global',
    title: '`npm update -g`, the newer version asks for X',
    plan: () => ({
      ...project(['npm', 'update', '-g']),
      before: ['npm', 'install', '-g', `${MOVER}@${PREVIOUS}`],
    }),
  },
];

/** A project with the previous version of the package whose newest one asks for the subject. */
export function moving({ registry }: World, command: Command): Plan {
  const root = manifest({ dependencies: { ...bystanders(), [MOVER]: `^${PREVIOUS}` } });
  const [installed, other] = BYSTANDERS;
  const before = [...healthy([installed]), { name: MOVER, version: PREVIOUS }];
  const packages = lockedAtTop(registry, [...before, ...healthy([other])]);
  const plan = withLockfile(root, packages, command);
  return { ...plan, files: { ...plan.files, ...installedFiles(registry, root, before) } };
}

/** Two versions of that package, where the newest would do for both who ask for it. */
function duplicated({ registry }: World, command: Command): Plan {
  const ASKING = 'zq-matrix-asks-mover';
  const root = manifest({ dependencies: { ...bystanders(), [MOVER]: `^${PREVIOUS}`, [ASKING]: CURRENT } });
  const top = [...healthy([...BYSTANDERS, ASKING]), { name: MOVER, version: PREVIOUS }];
  const nested = { [`node_modules/${ASKING}/node_modules/${MOVER}`]: registry.lockEntry(MOVER, '1.22.0') };
  return withLockfile(root, { ...lockedAtTop(registry, top), ...nested }, command);
}

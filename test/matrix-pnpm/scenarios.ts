import { CURRENT, PREVIOUS, subjectOf } from '../matrix/packages.js';
import { publishOptionalCarrier } from './optional-carrier.js';
import { direct, LOCKED, project, workspaceFile } from './plans.js';
import type { Plan, Scenario, World } from './world.js';

const FROZEN = ['install', '--frozen-lockfile'];
const WORKSPACE = 'packages:\n  - packages/*\n';
/** Scripts of the subject do not run before the guard comes. */
const INSTALLED = [{ run: ['install', '--ignore-scripts'] }];

function locked(world: World, command: readonly string[]): Plan {
  return project(world, { dependencies: direct(world) }, { before: LOCKED, command });
}

function member(world: World, command: readonly string[]): Plan {
  const plan = project(world, {}, { command });
  const manifest = { name: 'zq-matrix-member', version: '1.0.0', dependencies: direct(world) };
  return {
    ...plan,
    files: {
      ...plan.files,
      ...workspaceFile(world, WORKSPACE),
      'packages/member/package.json': manifest,
    },
  };
}

function carried(world: World, carrier: string): Plan {
  return project(world, { dependencies: { [carrier]: CURRENT } });
}

/** Every way in which a package gets into a project of pnpm or is run; the rows of the matrix. */
export const SCENARIOS: readonly Scenario[] = [
  {
    id: 'fresh',
    title: '`pnpm install`, no lockfile',
    plan: (world) => project(world, { dependencies: direct(world) }),
  },
  { id: 'lockfile', title: '`pnpm install`, lockfile', plan: (world) => locked(world, ['install']) },
  { id: 'frozen', title: '`pnpm install --frozen-lockfile`', plan: (world) => locked(world, FROZEN) },
  {
    id: 'add',
    title: '`pnpm add X`',
    plan: (world) =>
      project(world, {}, { before: INSTALLED, command: ['add', subjectOf(world.variant).name] }),
  },
  {
    id: 'update',
    title: '`pnpm update`, the newer version asks for X',
    plan: (world) => {
      const dependencies = { 'zq-matrix-mover': PREVIOUS };
      const widen = (text: string) =>
        text
          .replace(`"zq-matrix-mover": "${PREVIOUS}"`, `"zq-matrix-mover": "^${PREVIOUS}"`)
          .replace(`specifier: ${PREVIOUS}`, `specifier: ^${PREVIOUS}`);
      const files = ['package.json', 'pnpm-lock.yaml', 'node_modules/.pnpm/lock.yaml'];
      const edits = files.map((edit) => ({ edit, change: widen }));
      return project(world, { dependencies }, { before: [...INSTALLED, ...edits], command: ['update'] });
    },
  },
  { id: 'dlx', title: '`pnpm dlx X`', plan: (world) => project(world, {}, { command: dlx(world) }) },
  {
    id: 'dlx-workspace',
    title: '`pnpm dlx X` in a folder with pnpm-workspace.yaml',
    plan: (world) => {
      const plan = project(world, {}, { command: dlx(world) });
      return { ...plan, files: { ...plan.files, ...workspaceFile(world, WORKSPACE) } };
    },
  },
  {
    id: 'repeat',
    title: '`pnpm install` again, X is installed',
    plan: (world) =>
      project(
        world,
        { dependencies: direct(world) },
        { before: [{ run: ['install'] }], command: ['install'] },
      ),
  },
  {
    id: 'workspace',
    title: '`pnpm -r install`, a workspace project asks for X',
    plan: (world) => member(world, ['-r', 'install', '--no-frozen-lockfile']),
  },
  {
    id: 'filter',
    title: '`pnpm --filter PROJECT install`, it asks for X',
    plan: (world) => member(world, ['--filter', 'zq-matrix-member', 'install', '--no-frozen-lockfile']),
  },
  {
    id: 'warm-store',
    title: '`--frozen-lockfile`, X is in the store',
    plan: (world) => {
      const before = [...INSTALLED, { remove: 'node_modules' }];
      return project(world, { dependencies: direct(world) }, { before, command: FROZEN });
    },
  },
  {
    id: 'optional',
    title: 'optional dependency',
    plan: (world) => project(world, { optionalDependencies: direct(world) }),
  },
  {
    id: 'optional-deep',
    title: 'optional dependency of a dependency',
    plan: (world) => carried(world, publishOptionalCarrier(world)),
  },
  {
    id: 'transitive',
    title: 'dependency of a dependency',
    plan: (world) => carried(world, 'zq-matrix-carrier'),
  },
  {
    id: 'peer',
    title: 'peer dependency of a dependency',
    plan: (world) => carried(world, 'zq-matrix-peer-carrier'),
  },
  {
    id: 'alias',
    title: 'alias `npm:X`',
    plan: (world) => {
      const { name, version } = subjectOf(world.variant);
      return project(world, { dependencies: { 'zq-matrix-friendly': `npm:${name}@${version}` } });
    },
  },
  { id: 'prod', title: '`pnpm install --prod`', plan: (world) => locked(world, ['install', '--prod']) },
  {
    id: 'ignore-scripts',
    title: '`pnpm install --ignore-scripts`',
    plan: (world) => locked(world, ['install', '--ignore-scripts']),
  },
  {
    id: 'ignore-pnpmfile',
    title: '`pnpm install --ignore-pnpmfile`',
    plan: (world) =>
      project(
        world,
        { dependencies: direct(world) },
        { command: ['install', '--ignore-pnpmfile', '--no-frozen-lockfile'] },
      ),
  },
  {
    id: 'global',
    title: '`pnpm add -g X`',
    plan: (world) => project(world, {}, { command: ['add', '-g', subjectOf(world.variant).name] }),
  },
];

/** pnpm 9 knows no `--allow-build`, and 10.0 not for dlx. */
function dlx({ manager, variant }: World): readonly string[] {
  const { name } = subjectOf(variant);
  const hasOption = !/^(?:9|10\.0)\./.test(manager.version);
  return ['dlx', ...(hasOption ? [`--allow-build=${name}`] : []), name];
}

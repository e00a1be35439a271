import type { Facts } from '../../../src/doctor/facts.js';
import type { GateState } from '../../../src/doctor/read-gate.js';

export const GATE: GateState = {
  ours: { value: '/home/u/guard/hooks/script-shell', layer: 'user', source: '/home/u/.npmrc' },
  effective: { value: '/home/u/guard/hooks/script-shell', layer: 'user', source: '/home/u/.npmrc' },
  isEffective: true,
  isRunnable: true,
  hasGuard: true,
};
export const NO_GATE: GateState = {
  ours: null,
  effective: null,
  isEffective: false,
  isRunnable: false,
  hasGuard: false,
};
export const SHIM = { isThere: true, first: { file: '/home/u/shims/npm', isShim: true }, isShadowed: false };
export const PLAIN = { isThere: false, first: { file: '/usr/bin/npm', isShim: false }, isShadowed: false };
/** Of a manager that is not on this machine. */
export const NOBODY = { isThere: false, first: null, isShadowed: false };
export const NO_SHIMS: Facts['shims'] = {
  npm: PLAIN,
  npx: PLAIN,
  pnpm: NOBODY,
  pnpx: NOBODY,
  hasGuard: false,
  startFiles: [],
  scriptsThatFindThem: [],
};

/** A machine and a project where everything is wired and works. */
const WIRED: Facts = {
  platform: 'linux',
  isCi: false,
  project: '/work/project',
  hasProject: true,
  npm: { path: '/usr/bin/npm', version: '11.21.2', major: 11 },
  layers: [
    { name: 'env', source: 'environment', values: {} },
    { name: 'project', source: '/work/project/.npmrc', values: { 'strict-allow-scripts': true } },
    { name: 'user', source: '/home/u/.npmrc', values: {} },
  ],
  shims: {
    npm: SHIM,
    npx: SHIM,
    pnpm: NOBODY,
    pnpx: NOBODY,
    hasGuard: true,
    startFiles: ['/home/u/.bashrc'],
    scriptsThatFindThem: ['bash', 'sh', 'zsh'],
  },
  gate: GATE,
  gateElsewhere: GATE,
  hooks: { isCalled: false, file: 'missing', record: 'missing', guard: null },
  lockfile: { file: 'package-lock.json', version: 3, withoutIntegrity: [] },
  tree: { asked: 2, entries: 3, unchecked: 1, problem: null },
  config: { files: [], onUnavailable: null, problem: null },
  calls: [],
  pnpm: {
    path: null,
    version: null,
    isUsed: false,
    hasLockfile: false,
    stub: 'missing',
    hooks: 'missing',
    finder: { file: 'missing', record: 'missing', guard: null },
    plugin: null,
    detours: [],
    settings: {},
    problem: null,
  },
};

export function factsOf(changes: Partial<Facts> = {}): Facts {
  return { ...WIRED, ...changes };
}

/** With what the .npmrc of the project sets. */
export function withProjectSettings(values: Readonly<Record<string, unknown>>): Facts {
  return factsOf({ layers: [{ name: 'project', source: '/work/project/.npmrc', values }] });
}

export function npmOf(version: string): Facts['npm'] {
  return { path: '/usr/bin/npm', version, major: Number.parseInt(version, 10) };
}

/** A project of pnpm in which `init` was, and in which pnpm's own protections are as strict as they can be. */
export function pnpmProject(changes: Partial<Facts['pnpm']> = {}): Facts {
  const set = (value: unknown) => ({ value, source: 'pnpm-workspace.yaml' });
  const pnpm: Facts['pnpm'] = {
    path: '/usr/bin/pnpm',
    version: '12.21.0',
    isUsed: true,
    hasLockfile: true,
    stub: 'ours',
    hooks: 'ours',
    finder: { file: 'ours', record: 'valid', guard: 'user' },
    plugin: null,
    detours: [],
    settings: { trustPolicy: set('no-downgrade') },
    problem: null,
    ...changes,
  };
  return factsOf({ pnpm, shims: NO_SHIMS, gate: NO_GATE, gateElsewhere: NO_GATE });
}

/** A wired project, on npm 12 where nothing is wrong with that. */
export function hooked(changes: Partial<Facts['hooks']> = {}, version = '12.2.0'): Facts {
  const hooks = { isCalled: true, file: 'ours', record: 'valid', guard: 'user', ...changes } as const;
  return factsOf({ hooks, npm: npmOf(version), gate: NO_GATE, gateElsewhere: NO_GATE });
}

import path from 'node:path';
import { guardHome, wirePnpmfile } from '../support/pnpm-guard.js';
import type { PnpmManager } from '../support/pnpm-managers.js';
import { pnpmFolder } from '../support/pnpm-on-path.js';
import type { PackageDefinition } from '../support/tarball-registry.js';
import { CONFIG_DEPENDENCY } from './config-dependency.js';

export type GuardId = 'plain' | 'pnpmfile' | 'wrapper' | 'configdep';

/** A program, its arguments, and the folders before those of the PATH. */
export type Invocation = readonly [file: string, args: readonly string[], folders: readonly string[]];

export type Guard = {
  readonly id: GuardId;
  readonly title: string;
  /** Wires the project in such a way that pnpm notices no difference later, and nobody judges. */
  readonly prepare: (dir: string) => void;
  /** Puts the guard on. What it returns is added to the environment. */
  readonly wire: (dir: string) => Readonly<Record<string, string>>;
  /** How `pnpm WORDS…` is run under it. */
  readonly invoke: (manager: PnpmManager, words: readonly string[]) => Invocation;
  /** Which versions have it. Default: all. */
  readonly isOffered?: (manager: PnpmManager) => boolean;
  /** What the registry has because of it. */
  readonly packages?: () => readonly PackageDefinition[];
};

function plainly({ command: [file, ...first] }: PnpmManager, words: readonly string[]): Invocation {
  return [file, [...first, ...words], []];
}

/** The built program, on the Node of the tests. */
function wrapped(manager: PnpmManager, words: readonly string[]): Invocation {
  const ours = [path.resolve('dist/cli.js'), '--downloads-url', 'none', 'pnpm'];
  return [process.execPath, [...ours, ...words], [pnpmFolder(manager)]];
}

/** The columns of the matrix. */
export const GUARDS: readonly Guard[] = [
  { id: 'plain', title: 'plain', prepare: () => undefined, wire: () => ({}), invoke: plainly },
  {
    id: 'pnpmfile',
    title: 'pnpmfile',
    prepare: (dir) => wirePnpmfile(dir, { inert: true }),
    wire: (dir) => {
      wirePnpmfile(dir);
      return { PHANTOM_GUARD_HOME: guardHome() };
    },
    invoke: plainly,
  },
  { id: 'wrapper', title: 'wrapper', prepare: () => undefined, wire: () => ({}), invoke: wrapped },
  { id: 'configdep', title: 'configdep', ...CONFIG_DEPENDENCY, invoke: plainly },
];

/** The others are cells that there are not. */
export function isOffered({ isOffered = () => true }: Guard, manager: PnpmManager): boolean {
  return isOffered(manager);
}

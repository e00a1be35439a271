import path from 'node:path';
import type { Manager } from '../support/managers.js';
import type { TarballRegistry } from '../support/tarball-registry.js';
import { wirePreinstall, wireScriptGate } from './hook-guards.js';
import type { Command, Plan, Scenario } from './world.js';

export type GuardId = 'plain' | 'wrapper' | 'preinstall' | 'gate';

/** A program and its arguments. */
export type Invocation = { readonly file: string; readonly args: readonly string[] };

/** One run of the matrix, before it. */
export type Cell = {
  readonly manager: Manager;
  readonly scenario: Scenario;
  readonly registry: TarballRegistry;
  /** The project's folder, its files written; a guard may change them. */
  readonly dir: string;
  /** Where the manager keeps what is the user's: `.npmrc`, cache, prefix. */
  readonly home: string;
  readonly plan: Plan;
};

/** Added to the manager's environment. */
export type AddedEnv = Readonly<Record<string, string>>;

export type Guard = {
  readonly id: GuardId;
  readonly title: string;
  /** Sets the guard up in project and home. */
  readonly wire: (cell: Cell) => AddedEnv;
  /** How a command is run under it. */
  readonly invoke: (manager: Manager, command: Command) => Invocation;
};

/** What every guard is told: the public download counts are not on loopback. */
const OPTIONS = ['--downloads-url', 'none'] as const;

/** The columns of the matrix. */
export const GUARDS: readonly Guard[] = [
  { id: 'plain', title: 'plain', wire: () => ({}), invoke: plainly },
  { id: 'wrapper', title: 'wrapper', wire: () => ({}), invoke: wrapped },
  {
    id: 'preinstall',
    title: 'preinstall hook',
    wire: (cell) => wirePreinstall(cell, OPTIONS),
    invoke: plainly,
  },
  { id: 'gate', title: 'script gate', wire: (cell) => wireScriptGate(cell, OPTIONS), invoke: plainly },
];

/** The command as it is: under a guard that lives in project or home, and under none. */
export function plainly(manager: Manager, [program, ...args]: Command): Invocation {
  return { file: manager.node, args: [program === 'npx' ? manager.npxCli : manager.cli, ...args] };
}

function wrapped(manager: Manager, command: Command): Invocation {
  return { file: manager.node, args: [path.resolve('dist/cli.js'), ...OPTIONS, ...command] };
}

/** Whether the row has a cell in the column of this guard. */
export function appliesTo(guard: GuardId, { guards }: Pick<Scenario, 'guards'>): boolean {
  return guards?.includes(guard) ?? true;
}

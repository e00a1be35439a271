import path from 'node:path';
import type { Manager } from '../support/managers.js';
import type { Plan, Scenario } from './world.js';

export type GuardId = 'plain' | 'wrapper' | 'preinstall' | 'gate';

/** A program and its arguments, run in the project. `env` is added to the manager's environment. */
export type Invocation = {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

/** One run of the matrix, before it. */
export type Cell = {
  readonly manager: Manager;
  readonly scenario: Scenario;
  /** The project's folder, its files written; a guard may change them. */
  readonly dir: string;
  /** Where the manager keeps what is the user's: `.npmrc`, cache, prefix. */
  readonly home: string;
  readonly plan: Plan;
};

export type Guard = {
  readonly id: GuardId;
  readonly title: string;
  /** Sets the guard up in project and home, and says how the command of the plan is run under it. */
  readonly wire: (cell: Cell) => Invocation | Promise<Invocation>;
};

/** The guard is not part of this version. */
export class NotWired extends Error {}

/** The columns of the matrix. */
export const GUARDS: readonly Guard[] = [
  { id: 'plain', title: 'plain', wire: plainly },
  {
    id: 'wrapper',
    title: 'wrapper',
    wire: ({ manager, plan }) => ({
      file: manager.node,
      args: [path.resolve('dist/cli.js'), ...plan.command],
    }),
  },
  { id: 'preinstall', title: 'preinstall hook', wire: () => notWired('preinstall') },
  { id: 'gate', title: 'script gate', wire: () => notWired('gate') },
];

/** The command as it is: what a guard that lives in project or home returns from `wire`. */
export function plainly({ manager, plan }: Pick<Cell, 'manager' | 'plan'>): Invocation {
  const [program, ...args] = plan.command;
  return { file: manager.node, args: [program === 'npx' ? manager.npxCli : manager.cli, ...args] };
}

function notWired(guard: GuardId): never {
  throw new NotWired(`the guard "${guard}" is not wired into the matrix`);
}

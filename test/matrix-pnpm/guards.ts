import { guardHome, wirePnpmfile } from '../support/pnpm-guard.js';

export type GuardId = 'plain' | 'pnpmfile';

export type Guard = {
  readonly id: GuardId;
  readonly title: string;
  /** Wires the project in such a way that pnpm notices no difference later, and nobody judges. */
  readonly prepare: (dir: string) => void;
  /** Puts the guard on. What it returns is added to the environment. */
  readonly wire: (dir: string) => Readonly<Record<string, string>>;
};

/** The columns of the matrix. */
export const GUARDS: readonly Guard[] = [
  { id: 'plain', title: 'plain', prepare: () => undefined, wire: () => ({}) },
  {
    id: 'pnpmfile',
    title: 'pnpmfile',
    prepare: (dir) => wirePnpmfile(dir, { inert: true }),
    wire: (dir) => {
      wirePnpmfile(dir);
      return { PHANTOM_GUARD_HOME: guardHome() };
    },
  },
];

import type { Plan } from './change.js';
import type { RunningPackage } from './package-root.js';

/** A project that is to be wired. */
export type WiredProject = {
  /** Absolute. */
  readonly dir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly running: RunningPackage;
  /** The sha512 with which a registry has the running version; `null` = it does not say. Asked at most once. */
  readonly publishedIntegrity: () => Promise<string | null>;
};

/** How the guard gets into the installs of one package manager. Plans write nothing. */
export type Wiring = {
  readonly manager: 'npm' | 'pnpm';
  readonly plan: (project: WiredProject) => Promise<Plan>;
  /** What takes out exactly what `plan` put in. */
  readonly unplan: (project: WiredProject) => Promise<Plan>;
};

/** What one step of a plan comes to. */
export type Part = Pick<Plan, 'changes' | 'notes'>;

export const COMMIT_NOTE = 'Commit what was written with the project, the folder .phantom-guard included.';

/** The steps in their order. */
export function joinParts(parts: readonly Part[]): Part {
  return { changes: parts.flatMap(({ changes }) => changes), notes: parts.flatMap(({ notes }) => notes) };
}

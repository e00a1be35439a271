import type { PackageId, Variant } from '../matrix/packages.js';
import type { PnpmManager } from '../support/pnpm-managers.js';
import type { TarballRegistry } from '../support/tarball-registry.js';

/** What a scenario builds its project from. */
export type World = {
  readonly registry: TarballRegistry;
  readonly variant: Variant;
  readonly manager: PnpmManager;
};

/** A step before the run, with nobody on guard. */
export type Step =
  | { readonly run: readonly string[] }
  /** Removes a file or folder of the project. */
  | { readonly remove: string }
  /** Changes the text of a file. */
  | { readonly edit: string; readonly change: (text: string) => string };

export type Plan = {
  /** Of the project, before any step. */
  readonly files: Readonly<Record<string, string | object>>;
  readonly before: readonly Step[];
  /** The words after `pnpm`. */
  readonly command: readonly string[];
  /** The published package whose tarball holds the subject's code. Default: the subject. */
  readonly subject?: PackageId;
};

export type Scenario = {
  readonly id: string;
  /** Its row in docs/enforcement-pnpm.md. */
  readonly title: string;
  readonly plan: (world: World) => Plan;
};

import type { TarballRegistry } from '../support/tarball-registry.js';
import type { GuardId } from './guards.js';
import type { Level } from './levels.js';
import type { PackageId, Variant } from './packages.js';

/** What a scenario builds its project from. */
export type World = {
  readonly registry: TarballRegistry;
  readonly variant: Variant;
};

export type Command = readonly ['npm' | 'npx', ...string[]];

export type Plan = {
  /** Of the project, before the run. */
  readonly files: Readonly<Record<string, string | object>>;
  readonly command: Command;
  /** Run after it, where it ended with 0. */
  readonly second?: Command;
  /** Run before, unguarded and without scripts: what is there already. */
  readonly before?: Command;
  /** The folder in which the commands are run, relative to the project. Default: the project. */
  readonly cwd?: string;
  /** The published package whose tarball holds the subject's code. Default: the subject. */
  readonly subject?: PackageId;
  /** Where that code comes from other than the registry's tarballs: tells whether a requested path holds it. */
  readonly isSubjectPath?: (path: string) => boolean;
};

/** Where a hook of a project finds the guard. */
export type GuardPlace = 'project' | 'user' | 'pinned' | 'nowhere';

export type Scenario = {
  readonly id: string;
  /** Its row in docs/enforcement.md. */
  readonly title: string;
  readonly plan: (world: World) => Plan;
  /** The same command has filled the npm cache in another folder before, without scripts. */
  readonly warm?: true;
  /** The worst level of the script gate on npm 10 and 11, where npm leaves it none that is better. Default: T2. */
  readonly gateReach?: Level;
  /** npm itself removes node_modules before it runs any script. */
  readonly empties?: true;
  /** The guards that it is about. Default: all. */
  readonly guards?: readonly GuardId[];
  /** Default: the user's install. */
  readonly guardPlace?: GuardPlace;
};

import type { TarballRegistry } from '../support/tarball-registry.js';
import type { PackageId, Variant } from './packages.js';

/** What a scenario builds its project from. */
export type World = {
  readonly registry: TarballRegistry;
  readonly variant: Variant;
};

export type Plan = {
  /** Of the project, before the run. */
  readonly files: Readonly<Record<string, string | object>>;
  readonly command: readonly ['npm' | 'npx', ...string[]];
  /** The published package whose tarball holds the subject's code. Default: the subject. */
  readonly subject?: PackageId;
  /** Where that code comes from other than the registry's tarballs: tells whether a requested path holds it. */
  readonly isSubjectPath?: (path: string) => boolean;
};

export type Scenario = {
  readonly id: string;
  /** Its row in docs/enforcement.md. */
  readonly title: string;
  readonly plan: (world: World) => Plan;
  /** The same command has filled the npm cache in another folder before, without scripts. */
  readonly warm?: true;
};

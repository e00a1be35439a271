import type { NpmLayer } from '../registry/npm-layers.js';
import type { GuardCall } from './find-calls.js';
import type { ConfigFacts } from './read-config.js';
import type { GateState } from './read-gate.js';
import type { HookState } from './read-hooks.js';
import type { LockfileFacts } from './read-lockfile-facts.js';
import type { PnpmFacts } from './read-pnpm.js';
import type { ShimFacts } from './read-shims.js';
import type { TreeFacts } from './read-tree-facts.js';

/** The npm that runs when somebody types it, behind a shim where there is one. */
export type NpmFacts = {
  readonly path: string;
  /** `null` = it does not say. */
  readonly version: string | null;
  readonly major: number | null;
};

/** Everything that `doctor` looks at; what it makes of it needs nothing else. */
export type Facts = {
  readonly platform: NodeJS.Platform;
  readonly isCi: boolean;
  /** The folder whose package.json and .npmrc npm takes. */
  readonly project: string;
  readonly hasProject: boolean;
  readonly npm: NpmFacts | null;
  readonly layers: readonly NpmLayer[];
  readonly shims: ShimFacts;
  /** The script gate in this project, and outside of any, where a project's .npmrc does not count (`-g`). */
  readonly gate: GateState;
  readonly gateElsewhere: GateState;
  readonly hooks: HookState;
  readonly lockfile: LockfileFacts;
  readonly tree: TreeFacts;
  readonly config: ConfigFacts;
  readonly calls: readonly GuardCall[];
  readonly pnpm: PnpmFacts;
};

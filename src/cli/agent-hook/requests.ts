import type { AskedBy, OVERRIDE_REASONS, UNCLEAR_REASONS } from '../../agent/reasons.js';

/** Packages that are asked for by name. */
export type AskedPackages = AskedBy & {
  readonly specs: readonly string[];
  /** The folder whose .npmrc counts, absolute. */
  readonly dir: string;
};

/** A project that is installed: absolute. */
export type AskedProject = { readonly manager: string; readonly dir: string };

export type Problem =
  | { readonly kind: 'unclear'; readonly why: keyof typeof UNCLEAR_REASONS }
  | { readonly kind: 'override'; readonly what: keyof typeof OVERRIDE_REASONS };

/** What has to be judged before a tool call may run. */
export type Requests = {
  readonly packages: AskedPackages[];
  readonly projects: AskedProject[];
  readonly problems: Problem[];
};

export function noRequests(): Requests {
  return { packages: [], projects: [], problems: [] };
}

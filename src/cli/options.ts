import type { NpmCommandLine } from '../registry/load-npm-config.js';
import { allFormats, type Format } from '../report/formats.js';

export type OptionSpec = {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly placeholder?: string;
  readonly description: string;
};

/** Every option of the command line. Help and checks are made from this table. */
export const OPTIONS = {
  format: {
    type: 'string',
    placeholder: 'FORMAT',
    description: `${allFormats.join(', ')} (default text)`,
  },
  output: { type: 'string', placeholder: 'FILE', description: 'write the result to FILE instead of stdout' },
  'fail-on': {
    type: 'string',
    placeholder: 'RISK',
    description: 'the least risk that blocks: high-risk (default) or suspicious; not-found always does',
  },
  offline: { type: 'boolean', description: 'ask nobody; judge from the cache' },
  registry: {
    type: 'string',
    placeholder: 'URL',
    description: 'the default registry (scoped registries of .npmrc stay)',
  },
  'downloads-url': {
    type: 'string',
    placeholder: 'URL|none',
    description: 'the service that counts downloads, up to /point/ (default: npm’s, for public names only)',
  },
  'cache-dir': { type: 'string', placeholder: 'DIR', description: 'where facts are kept' },
  'no-cache': { type: 'boolean', description: 'neither read nor write the cache' },
  concurrency: { type: 'string', placeholder: 'N', description: 'requests under way at once (default 64)' },
  'timeout-ms': {
    type: 'string',
    placeholder: 'N',
    description: 'how long facts may be gathered, all together (default 300000)',
  },
  all: { type: 'boolean', description: 'list safe packages too' },
  quiet: { type: 'boolean', short: 'q', description: 'print nothing when nothing is blocked or undecided' },
  verbose: { type: 'boolean', description: 'also print facts, and what was left unchecked' },
  'no-color': { type: 'boolean', description: 'plain text' },
  'no-data': { type: 'boolean', description: 'do not use the bundled names' },
  version: { type: 'boolean', description: 'print the version' },
  help: { type: 'boolean', short: 'h', description: 'print this help' },
  config: {
    type: 'string',
    placeholder: 'FILE',
    description: "a configuration in place of the project's own",
  },
  since: {
    type: 'string',
    placeholder: 'GIT-REF',
    description: 'judge only what changed in the lockfile since then (check)',
  },
  'verify-integrity': {
    type: 'boolean',
    description: "compare every integrity with the registry's: asks also about established names",
  },
  workers: {
    type: 'string',
    placeholder: 'N',
    description:
      'threads that ask registries, or scan names (default auto: one per core where it pays; 0 = none)',
  },
  docs: {
    type: 'boolean',
    description: 'judge the names in documents, CI files and sources instead of the tree (check)',
  },
  names: {
    type: 'string',
    placeholder: 'FILE',
    description: 'a list of names, one a line; - is stdin (scan)',
  },
  reason: { type: 'string', placeholder: 'TEXT', description: 'what was looked at (accept)' },
  expires: {
    type: 'string',
    placeholder: 'DATE',
    description: 'last day, YYYY-MM-DD (accept; default: no end)',
  },
  yes: { type: 'boolean', short: 'y', description: 'ask nothing (init, agent-hook --install)' },
  undo: { type: 'boolean', description: 'take it out again (init, agent-hook --install)' },
  agent: {
    type: 'string',
    placeholder: 'AGENT',
    description:
      'whose hook it is: claude, cursor, codex, copilot (agent-hook; default: told from what comes in)',
  },
  install: {
    type: 'string',
    placeholder: 'AGENT',
    description: "write the hook into an agent's settings; shows the change first (agent-hook)",
  },
  'config-dependency': {
    type: 'boolean',
    description: 'wire pnpm by configDependencies in place of .pnpmfile.cjs; pnpm 10.13 and later (init)',
  },
  global: {
    type: 'boolean',
    short: 'g',
    description:
      "in the user's configuration (accept), on this machine (init), in the user's settings (agent-hook)",
  },
} as const satisfies Record<string, OptionSpec>;

export type OptionName = keyof typeof OPTIONS;

/** The options of a run, checked and with their defaults. */
export type CheckOptions = {
  readonly format: Format;
  readonly output: string | null;
  /** `null` = as configured. */
  readonly failOn: 'high-risk' | 'suspicious' | null;
  /** The configuration that takes the place of the project's own. */
  readonly config: string | null;
  /** The git ref whose tree is taken as judged. */
  readonly since: string | null;
  readonly offline: boolean;
  readonly registry: string | null;
  /** What the wrapped command line tells npm about registries, scopes, proxies and its own files. */
  readonly npmOptions?: NpmCommandLine;
  readonly downloadsUrl: string | null;
  readonly cacheDir: string | null;
  readonly useCache: boolean;
  /** Use the bundled names. */
  readonly useData: boolean;
  /** Compare every integrity with what the registry publishes. */
  readonly verifyIntegrity: boolean;
  /** Requests under way at once; more than 64 gains nothing against npm's registry. */
  readonly concurrency: number;
  /** For all facts of the run together, in milliseconds. */
  readonly timeoutMs: number;
  readonly all: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: boolean;
  /** Threads beside this one; `null` = one for each core, where that pays. */
  readonly workers: number | null;
  /** Of `init`. */
  readonly yes: boolean;
  readonly undo: boolean;
  readonly configDependency: boolean;
  /** Of `accept`; `global` of `init` too. */
  readonly reason: string | null;
  readonly expires: string | null;
  readonly global: boolean;
  /** Of `check`: documents and sources in place of the tree. */
  readonly docs: boolean;
  /** Of `agent-hook`: the agent that calls it, and the agent whose settings are written. */
  readonly agent: string | null;
  readonly install: string | null;
  /** The list of names of `scan`. */
  readonly names: string | null;
};

export function optionSpec(name: OptionName): OptionSpec {
  return OPTIONS[name];
}

/** The command line layer of npm's configuration: `--registry` of ours, or what a wrapped npm was told. */
export function npmCommandLine({ registry, npmOptions = {} }: CheckOptions): NpmCommandLine {
  return registry === null ? npmOptions : { ...npmOptions, registry };
}

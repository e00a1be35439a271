import path from 'node:path';
import { STANDARD_OUTPUT } from './decision-log.js';

/** How the gateway works, as Verdaccio's configuration has it. */
export type GatewayOptions = {
  /** The reviewed configuration of the organisation, absolute; `null` = the defaults. */
  readonly config: string | null;
  /** File to which decisions are appended, absolute; `-` = the standard output; `null` = none. */
  readonly decisionLog: string | null;
  /** Log what is allowed, too. */
  readonly logAll: boolean;
  /** The most that judging may hold up a request. */
  readonly deadlineMs: number;
  /** What happens at the deadline. */
  readonly onDeadline: 'block' | 'allow';
  /** Who counts downloads: `none` = nobody is asked, `npm` = npm's service, for names of npm's registry, else a URL. */
  readonly downloads: string;
  /** Uplinks whose packages are the organisation's own. */
  readonly trustedUplinks: readonly string[];
  /** Health and metrics are open to everybody; else they are behind Verdaccio's login, as the page is. */
  readonly openStatus: boolean;
};

export const DEFAULT_OPTIONS: GatewayOptions = {
  config: null,
  decisionLog: null,
  logAll: false,
  deadlineMs: 200,
  onDeadline: 'block',
  downloads: 'none',
  trustedUplinks: [],
  openStatus: true,
};

const MAX_DEADLINE_MS = 30_000;

/** Options, and what is wrong with them; a key with a fault keeps its default. */
export type ParsedOptions = { readonly options: GatewayOptions; readonly faults: readonly string[] };

type Reader = (value: unknown, folder: string) => unknown;

const KEYS: Readonly<Record<keyof GatewayOptions, Reader>> = {
  config: toPath,
  decisionLog: (value, folder) => (value === STANDARD_OUTPUT ? value : toPath(value, folder)),
  logAll: toBoolean,
  deadlineMs: (value) =>
    typeof value === 'number' && value >= 1 && value <= MAX_DEADLINE_MS ? value : undefined,
  onDeadline: (value) => (value === 'block' || value === 'allow' ? value : undefined),
  downloads: (value) => (typeof value === 'string' && value !== '' ? value : undefined),
  trustedUplinks: (value) =>
    Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined,
  openStatus: toBoolean,
};

/** What every plugin may have in Verdaccio's configuration. */
const VERDACCIO_KEYS = new Set(['enabled']);

/** @param folder where relative paths begin: that of Verdaccio's configuration */
export function parseOptions(given: Readonly<Record<string, unknown>>, folder: string): ParsedOptions {
  const faults: string[] = [];
  const read: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    if (VERDACCIO_KEYS.has(key)) continue;
    const reader = Object.hasOwn(KEYS, key) ? KEYS[key as keyof GatewayOptions] : null;
    const result = reader?.(value, folder);
    if (reader === null) faults.push(`the option ${key} is not known`);
    else if (result === undefined) faults.push(`the option ${key} has a value that it can't have`);
    else read[key] = result;
  }
  return { options: { ...DEFAULT_OPTIONS, ...read }, faults };
}

function toPath(value: unknown, folder: string): string | undefined {
  return typeof value === 'string' && value !== '' ? path.resolve(folder, value) : undefined;
}

function toBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

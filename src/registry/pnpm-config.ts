import { noteVariable } from '../inputs/trace.js';
import { splitIniLine } from '../model/ini-line.js';
import type { NpmCommandLine } from './load-npm-config.js';

/** What pnpm reads of registries beside npm's own files. */
export type PnpmConfig = {
  /** `null` = not known. */
  readonly version: { readonly major: number; readonly minor: number } | null;
  /** pnpm-workspace.yaml, with its path. */
  readonly workspace: PnpmYaml;
  /** The user's config.yaml, with its path. */
  readonly user: PnpmYaml;
  /** The user's auth.ini and rc, in the syntax of .npmrc; `null` where there is none. */
  readonly authIni: PnpmIni | null;
  readonly rc: PnpmIni | null;
};

export type PnpmYaml = {
  readonly path: string;
  readonly registry: string | null;
  /** By npm's keys: `registry`, `@scope:registry`. */
  readonly registries: Readonly<Record<string, string>>;
};

export type PnpmIni = { readonly path: string; readonly text: string };

/** Values by npm's keys, each with the file or variable that has it. */
export type SourcedValues = Readonly<Record<string, { readonly value: string; readonly source: string }>>;

/** Where a pnpm differs from npm in the order of its layers. */
export type PnpmOverlay = {
  /** Stronger than every layer of npm but the command line. */
  readonly strong: SourcedValues;
  /** The keys of `strong` that the project itself sets. */
  readonly projectKeys: ReadonlySet<string>;
  /** `npm_config_*` of registries counts. */
  readonly readsNpmEnv: boolean;
  /** Between the project's .npmrc and the user's. */
  readonly aboveUser: PnpmIni | null;
  /** Below the user's .npmrc. */
  readonly belowUser: PnpmIni | null;
};

type Env = Readonly<Record<string, string | undefined>>;

/**
 * How the registries of a pnpm project are decided. Observed, strongest first:
 *
 * - 9.15.9, 10.0.0: command line, `npm_config_*`, .npmrc of project and user, rc.
 * - 10.34.9 (10.6 is taken for the first): `registries` of pnpm-workspace.yaml before all of these.
 * - 11.28.11, 12.0.0, 12.21.0: command line, `pnpm_config_registry`, pnpm-workspace.yaml, config.yaml, .npmrc of the project,
 *   auth.ini, .npmrc of the user; of the two keys of one YAML file `registry`. `npm_config_*` is not read.
 *
 * Of an unknown version all of it counts in the order of the newest, and `npm_config_*` after what pnpm has of its own.
 */
export function overlayOf({ version, workspace, user, authIni, rc }: PnpmConfig, env: Env): PnpmOverlay {
  if (version !== null && version.major <= 10) {
    const readsYaml = version.major === 10 && version.minor >= 6;
    const strong = readsYaml ? sourced(workspace.registries, workspace.path) : {};
    const projectKeys = new Set(Object.keys(strong));
    return { strong, projectKeys, readsNpmEnv: true, aboveUser: null, belowUser: rc };
  }
  const ofEnv = ofVariable(env);
  const ofProject = ofYaml(workspace);
  return {
    strong: { ...withVariables(ofYaml(user), env), ...ofProject, ...ofEnv },
    projectKeys: new Set(Object.keys(ofProject).filter((key) => !Object.hasOwn(ofEnv, key))),
    readsNpmEnv: version === null,
    aboveUser: authIni,
    belowUser: version === null ? rc : null,
  };
}

/** What tells one pnpm from another in it: without any, all versions ask the same registries. */
export function differsByVersion({ workspace, user, authIni, rc }: PnpmConfig, env: Env): boolean {
  const yaml = [workspace, user].some(
    ({ registry, registries }) => registry !== null || Object.keys(registries).length > 0,
  );
  return (
    yaml || authIni !== null || rc !== null || Object.keys(env).some((key) => REGISTRY_VARIABLE.test(key))
  );
}

/** Variables of the environment that name a registry or that of a scope. */
export const NPM_REGISTRY_VARIABLE = /^npm_config_(?:registry|@[^:]+:registry)$/i;
const REGISTRY_VARIABLE = /^p?npm_config_(?:registry|@[^:]+:registry)$/i;
const PNPM_VARIABLES = ['pnpm_config_registry', 'PNPM_CONFIG_REGISTRY'];

function ofVariable(env: Env): SourcedValues {
  const name = PNPM_VARIABLES.find((one) => env[one] !== undefined && env[one] !== '');
  return name === undefined ? {} : sourced({ registry: env[name] ?? '' }, name);
}

function ofYaml({ path, registry, registries }: PnpmYaml): SourcedValues {
  return sourced(registry === null ? registries : { ...registries, registry }, path);
}

function sourced(values: Readonly<Record<string, string>>, source: string): SourcedValues {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value, source }]));
}

/** The values alone, as a command line would set them. */
export function plainValues(values: SourcedValues): NpmCommandLine {
  return Object.fromEntries(Object.entries(values).map(([key, { value }]) => [key, value]));
}

/** The keys of a file in the syntax of .npmrc that are about registries and credentials. */
export function parseIni({ path, text }: PnpmIni, env: Env): SourcedValues {
  const lines = text.split(/\r?\n/).flatMap((line): [string, { value: string; source: string }][] => {
    const [key, raw] = splitIniLine(line) ?? ['', ''];
    if (!/^(?:registry$|@|\/\/)/.test(key)) return [];
    const value = withVariable(raw.replace(/^(["'])(.*)\1$/, '$2'), env);
    return [[key, { value, source: path }]];
  });
  return Object.fromEntries(lines);
}

function withVariables(values: SourcedValues, env: Env): SourcedValues {
  return Object.fromEntries(
    Object.entries(values).map(([key, { value, source }]) => [
      key,
      { value: withVariable(value, env), source },
    ]),
  );
}

/** `${NAME}`, and `${NAME?}`, which is empty where nobody sets it. */
function withVariable(text: string, env: Env): string {
  return text.replaceAll(/\$\{([^${}?]+)(\??)\}/g, (whole, name: string, optional: string) => {
    noteVariable(name, env[name]);
    return env[name] ?? (optional === '' ? whole : '');
  });
}

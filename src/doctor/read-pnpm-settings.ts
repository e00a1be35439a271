import semver from 'semver';
import type { NpmLayer } from '../registry/npm-layers.js';
import { manifestIn } from '../wiring/package-root.js';
import { readWorkspaceSettings, WORKSPACE_FILE } from '../wiring/pnpm-detours.js';
import { settingOf } from './npm-setting.js';

type Env = Readonly<Record<string, string | undefined>>;

/** What pnpm's own protections are set to, and by whom; a key that nobody sets is not there. */
export type PnpmSettings = Readonly<
  Record<string, { readonly value: unknown; readonly source: string } | undefined>
>;

/** The settings that `doctor` looks at, as pnpm-workspace.yaml has them. */
const KEYS = [
  'minimumReleaseAge',
  'blockExoticSubdeps',
  'strictDepBuilds',
  'trustPolicy',
  'dangerouslyAllowAllBuilds',
  'onlyBuiltDependencies',
  'allowBuilds',
  'ignorePnpmfile',
] as const;

/**
 * Who is read depends on the version. Observed: up to 10.34.9 `npm_config_*`, every .npmrc and `pnpm` of package.json; from
 * 11.28.11 on `pnpm_config_*` and not those; pnpm-workspace.yaml on 10.34.9 and later, and not on 10.0.0 (10.6 is taken for
 * the first). pnpm's own configuration of the user (config.yaml) is not read here.
 *
 * @throws GuardError MANIFEST_UNREADABLE, LOCKFILE_DUPLICATE_KEY
 */
export async function readPnpmSettings(
  dir: string,
  version: string,
  layers: readonly NpmLayer[],
  env: Env,
): Promise<PnpmSettings> {
  const isOld = semver.major(version) <= 10;
  const workspace = semver.gte(version, '10.6.0') ? await readWorkspaceSettings(dir) : {};
  const manifest = isOld ? { ...(manifestIn(dir)?.['pnpm'] as object | undefined) } : {};
  const found = KEYS.flatMap((key) => {
    const variable = `pnpm_config_${snake(key)}`;
    const npmrc = isOld ? settingOf(layers, snake(key).replaceAll('_', '-')) : null;
    const candidates = [
      { value: isOld ? undefined : env[variable], source: variable },
      { value: (workspace as Record<string, unknown>)[key], source: WORKSPACE_FILE },
      { value: npmrc?.value, source: npmrc?.source ?? '' },
      { value: (manifest as Record<string, unknown>)[key], source: 'package.json' },
    ];
    const first = candidates.find(({ value }) => value !== undefined && value !== null);
    return first === undefined ? [] : [[key, first] as const];
  });
  return Object.fromEntries(found);
}

function snake(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

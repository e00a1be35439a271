import { mkdir, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { MARK_VARIABLE } from './subjects.js';

type Env = Readonly<Record<string, string | undefined>>;

/** Everything that one run may write to. */
export type RunPlace = {
  readonly project: string;
  readonly prefix: string;
  readonly mark: string;
  readonly env: Env;
};

/** Settings of npm in the environment that belong to what is tried; the others are those of whoever started us. */
const KEPT = new Set([
  'npm_config_script_shell',
  'npm_config_userconfig',
  'npm_config_globalconfig',
  'npm_config_ignore_scripts',
  'npm_config_strict_allow_scripts',
]);
/** Nothing listens there: what would leave loopback fails at once. */
const NOWHERE = 'http://127.0.0.1:9';

/**
 * A folder for one run. PATH, HOME and npm's user configuration are the user's; project, caches, prefix, temporary files
 * and the guard's configuration are ours, and every request goes to the registry on loopback.
 */
export async function makeRunPlace(folder: string, registryUrl: string, env: Env): Promise<RunPlace> {
  const at = (name: string): string => path.join(folder, name);
  for (const name of ['project', 'prefix', 'tmp']) await mkdir(at(name), { recursive: true });
  await linkConfigurations(at('config'), env);
  const mark = at('mark');
  const ours = {
    npm_config_registry: registryUrl,
    npm_config_cache: at('npm-cache'),
    npm_config_prefix: at('prefix'),
    npm_config_fetch_retries: '0',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    npm_config_offline: 'false',
    npm_config_proxy: NOWHERE,
    npm_config_https_proxy: NOWHERE,
    npm_config_noproxy: '127.0.0.1',
    HTTP_PROXY: NOWHERE,
    HTTPS_PROXY: NOWHERE,
    NO_PROXY: '127.0.0.1',
    TMPDIR: at('tmp'),
    XDG_CONFIG_HOME: at('config'),
    PHANTOM_GUARD_CACHE_DIR: at('guard-cache'),
    PHANTOM_GUARD_OPTIONS: '--downloads-url none',
    NO_COLOR: '1',
    [MARK_VARIABLE]: mark,
  };
  return { project: at('project'), prefix: at('prefix'), mark, env: { ...inherited(env), ...ours } };
}

function inherited(env: Env): Env {
  return Object.fromEntries(
    Object.entries(env).filter(([key]) => {
      const name = key.toLowerCase();
      if (/^(?:https?_proxy|all_proxy|no_proxy|proxy|init_cwd|phantom_guard_inside)$/.test(name))
        return false;
      return !name.startsWith('npm_') || KEPT.has(name);
    }),
  );
}

/** The user's configuration of other programs, on which a version manager's npm may depend; feeds of the guard would be asked for. */
async function linkConfigurations(to: string, env: Env): Promise<void> {
  await mkdir(to);
  const from = env['XDG_CONFIG_HOME'] ?? path.join(env['HOME'] ?? '', '.config');
  const names = path.isAbsolute(from) ? await readdir(from).catch(() => []) : [];
  for (const name of names.filter((one) => one !== 'phantom-guard')) {
    await symlink(path.join(from, name), path.join(to, name)).catch(() => undefined);
  }
}

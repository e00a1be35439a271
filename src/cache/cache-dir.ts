import { posix, win32 } from 'node:path';

export type CacheDirInput = {
  /** The value of `--cache-dir`; `null` when it was not given. */
  readonly option: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** The user's home directory, absolute. */
  readonly home: string;
  /** Relative paths of the option and of `PHANTOM_GUARD_CACHE_DIR` start here. */
  readonly cwd: string;
};

const FOLDER = 'phantom-guard';

/**
 * Where the cache is: `--cache-dir`, else `$PHANTOM_GUARD_CACHE_DIR`, else the platform's cache directory with
 * `/phantom-guard`. An empty value counts as not given. Always an absolute path.
 */
export function resolveCacheDir({ option, env, platform, home, cwd }: CacheDirInput): string {
  const path = platform === 'win32' ? win32 : posix;
  const chosen = option || env['PHANTOM_GUARD_CACHE_DIR'];
  return chosen ? path.resolve(cwd, chosen) : path.join(platformCacheDir(platform, env, home), FOLDER);
}

/** The XDG base directory specification has relative values ignored; the same is done with `%LOCALAPPDATA%`. */
function platformCacheDir(platform: NodeJS.Platform, env: CacheDirInput['env'], home: string): string {
  if (platform === 'darwin') return posix.join(home, 'Library', 'Caches');
  if (platform === 'win32') {
    const local = env['LOCALAPPDATA'] ?? '';
    return win32.isAbsolute(local) ? local : win32.join(home, 'AppData', 'Local');
  }
  const xdg = env['XDG_CACHE_HOME'] ?? '';
  return posix.isAbsolute(xdg) ? xdg : posix.join(home, '.cache');
}

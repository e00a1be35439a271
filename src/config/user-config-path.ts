import { posix, win32 } from 'node:path';

export type UserPlace = {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home directory, absolute. */
  readonly home: string;
  /** This process's when left out. */
  readonly platform?: NodeJS.Platform;
};

/**
 * Where the user's own configuration is: `$XDG_CONFIG_HOME`, else on Windows `%APPDATA%`, else `~/.config`, with
 * `/phantom-guard/config.json`. A relative directory counts as not given (XDG base directory specification).
 */
export function userConfigPath({ env, home, platform = process.platform }: UserPlace): string {
  const path = platform === 'win32' ? win32 : posix;
  const candidates = [env['XDG_CONFIG_HOME'], platform === 'win32' ? env['APPDATA'] : undefined];
  const base = candidates.find((directory) => directory !== undefined && path.isAbsolute(directory));
  return path.join(base ?? path.join(home, '.config'), 'phantom-guard', 'config.json');
}

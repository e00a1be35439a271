import { existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { userHome } from './places.js';
import type { LinePlace } from './start-lines.js';

type Env = Readonly<Record<string, string | undefined>>;

/** A file that a shell reads when it starts, and where in it the line goes. */
export type StartFile = {
  readonly shell: 'sh' | 'bash' | 'zsh' | 'fish';
  readonly path: string;
  readonly places: readonly LinePlace[];
};

const PLACES: readonly string[] = ['/bin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];

/**
 * The start files that get a line. Those of shells that are not on this machine are left out unless they exist.
 *
 * ~/.bashrc gets two: distributions let it return early where nobody types, and version managers of Node put their own
 * folder first at its end.
 */
export function startFiles(env: Env): readonly StartFile[] {
  const files = new Map<string, StartFile>();
  for (const file of [...posixFiles(env), ...zshFiles(env)]) {
    // One may be a link to another.
    const real = existsSync(file.path) ? realpathSync(file.path) : file.path;
    if (!files.has(real)) files.set(real, file);
  }
  return [...files.values()];
}

/** The file for fish, which is this program's own; `null` where there is no fish. */
export function fishStartFile(env: Env): string | null {
  const config = absolute(env['XDG_CONFIG_HOME']) ?? path.join(userHome(env), '.config');
  const folder = path.join(config, 'fish');
  const file = path.join(folder, 'conf.d', 'phantom-guard.fish');
  return hasShell('fish', env) || existsSync(folder) ? file : null;
}

/** bash reads the first of three as a login shell; the last of them is also read by sh and by display managers. */
function posixFiles(env: Env): readonly StartFile[] {
  const home = userHome(env);
  const bashrc = path.join(home, '.bashrc');
  const login = ['.bash_profile', '.bash_login']
    .map((name) => path.join(home, name))
    .find((file) => existsSync(file));
  const usesBashrc = hasShell('bash', env) || existsSync(bashrc);
  return [
    ...(usesBashrc ? [{ shell: 'bash', path: bashrc, places: ['top', 'end'] } as const] : []),
    ...(login === undefined ? [] : [{ shell: 'bash', path: login, places: ['end'] } as const]),
    { shell: 'sh', path: path.join(home, '.profile'), places: ['end'] },
  ];
}

/** .zshenv is read by every zsh; what follows it (path_helper of macOS, the user's own lines) may reorder the PATH. */
function zshFiles(env: Env): readonly StartFile[] {
  const home = userHome(env);
  const folder = absolute(env['ZDOTDIR']) ?? home;
  const isHere = hasShell('zsh', env);
  const own = ['.zshenv', '.zprofile', '.zshrc'].map((name) => path.join(folder, name));
  // One that sets ZDOTDIR itself is read before the variable is there.
  const first = path.join(home, '.zshenv');
  const files = [...own.filter((file) => isHere || existsSync(file)), ...(existsSync(first) ? [first] : [])];
  return files.map((file) => ({ shell: 'zsh', path: file, places: ['end'] }));
}

function hasShell(name: string, env: Env): boolean {
  if (path.basename(env['SHELL'] ?? '') === name) return true;
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return [...folders, ...PLACES].some((folder) => isFile(path.join(folder, name)));
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

function absolute(value: string | undefined): string | null {
  return value !== undefined && path.isAbsolute(value) ? value : null;
}

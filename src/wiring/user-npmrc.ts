import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { type FileChange, fileChange } from './change.js';
import { addSetting, npmrcSetting, removeSetting, replaceSetting } from './npmrc.js';
import { type Places, userHome } from './places.js';
import { readBytes } from './read-bytes.js';

type Env = Readonly<Record<string, string | undefined>>;

const KEY = 'script-shell';
/** As npm makes it: tokens are kept in it. */
const NEW_NPMRC_MODE = 0o600;

/** The user's .npmrc: the one that npm is told of, else ~/.npmrc. */
export function userNpmrc(env: Env): string {
  const key = Object.keys(env).find((name) => /^npm_config_userconfig$/i.test(name) && env[name]);
  const chosen = key === undefined ? undefined : env[key];
  if (chosen === undefined) return path.join(userHome(env), '.npmrc');
  return chosen.startsWith('~/') ? path.join(userHome(env), chosen.slice(2)) : path.resolve(chosen);
}

/**
 * The script gate in the user's .npmrc. The `script-shell` that was there goes to HOME/real-script-shell, which the gate
 * runs; the variable of the environment is this program's own, and no earlier setting.
 */
export async function planScriptShell(places: Places, env: Env): Promise<readonly FileChange[]> {
  const file = userNpmrc(env);
  const bytes = await readBytes(file);
  const present = npmrcSetting(bytes, KEY);
  if (present === places.scriptShell) return [];
  const without = removeSetting(bytes, KEY);
  const earlier = absoluteShell(npmrcSetting(without, KEY), env);
  const real = await readBytes(places.realScriptShell);
  return [
    ...(earlier === null ? [] : fileChange(places.realScriptShell, real, Buffer.from(`${earlier}\n`))),
    ...fileChange(file, bytes, addSetting(without, KEY, places.scriptShell), NEW_NPMRC_MODE),
  ];
}

/** Puts the earlier `script-shell` back, also where npm has rewritten the file without comments since. */
export async function unplanScriptShell(places: Places, env: Env): Promise<readonly FileChange[]> {
  const file = userNpmrc(env);
  const bytes = await readBytes(file);
  const real = await readBytes(places.realScriptShell);
  const without = removeSetting(bytes, KEY);
  const isLeft = without !== null && npmrcSetting(without, KEY) === places.scriptShell;
  const earlier = real === null ? null : real.toString('utf8').trim();
  const after = isLeft ? replaceSetting(without, KEY, places.scriptShell, earlier) : without;
  return [...fileChange(file, bytes, after), ...fileChange(places.realScriptShell, real, null)];
}

/** The program that npm would start; `null` for none, and for a gate of another home. */
function absoluteShell(setting: string | null, env: Env): string | null {
  if (setting === null || setting === '') return null;
  const shell = setting.replace(/\$\{([^}]+)\}/g, (whole, name: string) => env[name] ?? whole);
  if (shell.endsWith('/phantom-guard-install/hooks/script-shell')) return null;
  if (path.isAbsolute(shell)) return shell;
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return folders.map((folder) => path.join(folder, shell)).find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

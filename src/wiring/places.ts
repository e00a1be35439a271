import { homedir } from 'node:os';
import path from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** Where everything lies that belongs to this user's guard; hooks/README.md has the same table for people. */
export type Places = {
  readonly home: string;
  /** The installed guard: a copy of this package. */
  readonly guard: string;
  /** Programs of the names npm, npx, pnpm and pnpx that lead to the guard; first on the PATH. */
  readonly shims: string;
  /** What the start files of shells read: PATH, and the variable of the script gate. */
  readonly shellFile: string;
  readonly fishFile: string;
  /** One line: the `script-shell` that the user had before. */
  readonly realScriptShell: string;
  /** The script gate of the installed guard. */
  readonly scriptShell: string;
};

/** `$PHANTOM_GUARD_HOME` where it is absolute, else `~/.local/share/phantom-guard`; hooks/ looks in the same place. */
export function guardHome(env: Env): string {
  const chosen = env['PHANTOM_GUARD_HOME'] ?? '';
  return path.isAbsolute(chosen) ? chosen : path.join(userHome(env), '.local', 'share', 'phantom-guard');
}

export function placesOf(env: Env): Places {
  const home = guardHome(env);
  const guard = path.join(home, 'node_modules', 'phantom-guard-install');
  return {
    home,
    guard,
    shims: path.join(home, 'shims'),
    shellFile: path.join(home, 'env.sh'),
    fishFile: path.join(home, 'env.fish'),
    realScriptShell: path.join(home, 'real-script-shell'),
    scriptShell: path.join(guard, 'hooks', 'script-shell'),
  };
}

/** `$HOME`, as shells and npm take it. */
export function userHome(env: Env): string {
  return env['HOME'] ?? homedir();
}

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { main } from '../../src/cli/main.js';
import { fakeIo } from './fake-io.js';

export type InitOptions = {
  readonly cwd: string;
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What somebody at the terminal types; without it there is no terminal. */
  readonly answer?: string;
  readonly platform?: NodeJS.Platform;
};

/** Runs `init` in this process. No registry is asked but one that `env` names. */
export async function runInit(words: readonly string[], options: InitOptions) {
  const { cwd, home, env = {}, answer, platform = 'linux' } = options;
  const { io, stdout, stderr } = fakeIo({
    cwd,
    env: { HOME: home, npm_config_registry: 'http://127.0.0.1:9/', npm_config_fetch_retries: '0', ...env },
    isTTY: answer !== undefined,
    ...(answer === undefined ? {} : { stdin: answer }),
  });
  const stdin = Object.assign(io.stdin, { isTTY: answer !== undefined });
  const { status } = await main(['init', ...words], { ...io, stdin, home, platform });
  return { status, stdout: stdout(), stderr: stderr() };
}

/** Every file and folder below a folder, with bytes and targets of links. */
export function snapshot(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .map((entry) => {
        const file = path.join(entry.parentPath, entry.name);
        const name = path.relative(folder, file);
        if (entry.isSymbolicLink()) return [name, `-> ${readlinkSync(file)}`] as const;
        return [name, entry.isFile() ? readFileSync(file, 'latin1') : '/'] as const;
      })
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

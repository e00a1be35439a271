import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** One time that somebody let something through, took the guard out, or tried to from inside of a coding agent. */
export type OverrideEntry = {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly user: string | null;
  /** The command as it was given. */
  readonly command: string;
  /** Where it was given. */
  readonly cwd: string;
  /** Packages with their versions; none for what is about the guard as a whole. */
  readonly names: readonly string[];
  readonly reason: string | null;
  /** Whether a person answered at a terminal. */
  readonly confirmed: boolean;
  /** The coding agent in whose environment it was given. */
  readonly agent: string | null;
  readonly outcome: 'done' | 'refused';
};

type Place = { readonly env: Readonly<Record<string, string | undefined>>; readonly home: string };

const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;

/** `$XDG_STATE_HOME`, else `~/.local/state`, with `/phantom-guard/overrides.ndjson`. */
export function overrideLogPath({ env, home }: Place): string {
  const chosen = env['XDG_STATE_HOME'] ?? '';
  const base = path.isAbsolute(chosen) ? chosen : path.join(home, '.local', 'state');
  return path.join(base, 'phantom-guard', 'overrides.ndjson');
}

/** Adds one line at the end. Nothing in this program changes or removes a line. */
export async function appendOverride(place: Place, entry: OverrideEntry): Promise<void> {
  const file = overrideLogPath(place);
  await mkdir(path.dirname(file), { recursive: true, mode: PRIVATE_FOLDER });
  await appendFile(file, `${JSON.stringify(entry)}\n`, { mode: PRIVATE_FILE });
}

export type OverrideLog = {
  readonly file: string;
  readonly entries: readonly OverrideEntry[];
  /** Lines that are none of ours: somebody has written there by hand. */
  readonly unreadable: number;
};

/** The whole log, oldest first; without a file it is empty. */
export async function readOverrides(place: Place): Promise<OverrideLog> {
  const file = overrideLogPath(place);
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = text.split('\n').filter((line) => line !== '');
  const entries = lines.map(parseEntry).filter((entry) => entry !== null);
  return { file, entries, unreadable: lines.length - entries.length };
}

function parseEntry(line: string): OverrideEntry | null {
  try {
    const json: unknown = JSON.parse(line);
    const isEntry =
      typeof json === 'object' && json !== null && 'time' in json && 'command' in json && 'names' in json;
    return isEntry ? (json as OverrideEntry) : null;
  } catch {
    // It is counted.
    return null;
  }
}

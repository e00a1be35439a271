import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { digestOf } from '../inputs/digest.js';

export type VerdictRequest = {
  /** What is judged, absolute. */
  readonly place: string;
  /** How it is read, and all options that decide about the report; JSON. */
  readonly settings: unknown;
  readonly tool: { readonly version: string; readonly dataDate: string | null };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
};

/** The variables that name or set what configurations say: npm's, pnpm's, ours, and where they look for files. */
const VARIABLES =
  /^(?:npm_config_.*|pnpm_.*|phantom_guard_.*|xdg_.*|prefix|destdir|home|userprofile|appdata|localappdata|path|ci)$/i;

/** A name for a request: another program, another option or another environment has another. Hexadecimal, 64 digits. */
export function verdictKey({ place, settings, tool, env, home }: VerdictRequest): string {
  const variables = Object.entries(env)
    .filter(([name]) => VARIABLES.test(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const program = [tool, ownStamp(), process.execPath, process.version];
  // npm's library takes relative paths of an .npmrc from the current folder, whichever project it reads for.
  const all = [place, settings, program, home, process.cwd(), variables];
  return Buffer.from(digestOf(JSON.stringify(all)), 'base64').toString('hex');
}

/** Of one version there are several builds while it is developed. */
function ownStamp(): readonly [size: number, mtimeMs: number] {
  const { size, mtimeMs } = statSync(fileURLToPath(import.meta.url));
  return [size, mtimeMs];
}

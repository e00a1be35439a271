import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type NpmProcess, startOf } from './npm-process.js';

/** `allowed-project`: judged for a script of the project itself, maybe before anything was unpacked. */
export type GateVerdict = 'allowed' | 'allowed-project' | 'refused';

/** Whose script is about to run. */
export type ScriptKind = 'project' | 'dependency';

/** What was decided for one npm process, and the turn to decide; hooks/script-shell reads the same file. */
export type GateState = {
  /** The verdict that holds for the scripts of `root`. */
  readonly recall: (root: string, kind: ScriptKind) => GateVerdict | null;
  /** Adds the verdict on these folders, and what the user should read where it is a refusal. */
  readonly record: (verdict: GateVerdict, roots: readonly string[], text: string) => void;
  /** What the refusal said. */
  readonly why: () => string;
  /** Takes the turn; `false` = another process of the same npm has it. */
  readonly lock: () => boolean;
  readonly unlock: () => void;
};

/** Entries of processes that can't be looked up are removed after this time. */
const OLDEST_MS = 2 * 86_400_000;

/**
 * Opens the state of `npm` in `directory`, which is created for this user alone; `null` when nothing can be remembered
 * safely: then every script has the tree judged.
 *
 * Nothing here is a secret or signed. It need not be: who could write into the folder already runs code as this user,
 * and no code of the packages of an install has run when its verdict is written. What a script forges later, it forges
 * after it was let through itself.
 */
export function openGateState(directory: string, npm: NpmProcess): GateState | null {
  if (npm.started === '-' || npm.started !== startOf(npm.pid) || !isPrivate(directory)) return null;
  sweep(directory);
  const file = join(directory, `${npm.pid}-${npm.started}`);
  const head = `phantom-guard-gate 1 ${npm.boot}`;
  const lockFile = `${file}.lock`;
  return {
    recall: (root, kind) => verdictOn(root, kind, readLines(file, head)),
    record: (verdict, roots, why) => {
      if (verdict === 'refused') writeFileSync(`${file}.why`, why, { mode: 0o600 });
      const lines = roots.filter((root) => !root.includes('\n')).map((root) => `${verdict} ${root}`);
      const temporary = `${file}.${process.pid}`;
      const text = [head, ...readLines(file, head), ...lines, ''].join('\n');
      writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' });
      renameSync(temporary, file);
    },
    why: () => readText(`${file}.why`),
    lock: () => takeLock(lockFile),
    unlock: () => rmSync(lockFile, { force: true }),
  };
}

/** A real folder of this user's that nobody else can write to; created when it is missing. */
function isPrivate(directory: string): boolean {
  try {
    makeFolder(directory);
    const status = lstatSync(directory);
    return status.isDirectory() && status.uid === process.geteuid?.() && (status.mode & 0o777) === 0o700;
  } catch {
    return false;
  }
}

/** As `mkdir -p`; Node's own never ends where the system has no folder to make one in, such as below /proc. */
function makeFolder(directory: string): void {
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(directory) === directory) throw error;
    makeFolder(dirname(directory));
    mkdirSync(directory, { mode: 0o700 });
  }
}

function verdictOn(root: string, kind: ScriptKind, lines: readonly string[]): GateVerdict | null {
  if (lines.includes(`refused ${root}`)) return 'refused';
  if (lines.includes(`allowed ${root}`)) return 'allowed';
  return kind === 'project' && lines.includes(`allowed-project ${root}`) ? 'allowed-project' : null;
}

function readLines(file: string, head: string): readonly string[] {
  try {
    const [first, ...lines] = readFileSync(file, 'utf8').split('\n');
    return first === head ? lines.filter((line) => line !== '') : [];
  } catch {
    return [];
  }
}

/** The lock names the process that has it, and is void when that one is gone. */
function takeLock(lockFile: string): boolean {
  try {
    writeFileSync(lockFile, `${process.pid} ${startOf(process.pid) ?? '-'}`, { mode: 0o600, flag: 'wx' });
    return true;
  } catch {
    const [pid, started] = readText(lockFile).split(' ');
    if (pid !== undefined && pid !== '' && startOf(Number(pid)) !== started)
      rmSync(lockFile, { force: true });
    return false;
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Removes what belongs to processes that have ended. */
function sweep(directory: string): void {
  for (const name of readdirSync(directory)) {
    const [, pid, started] = /^(\d+)-([^.]+)/.exec(name) ?? [];
    const isOver = pid === undefined || startOf(Number(pid)) !== started;
    if (isOver || isOld(join(directory, name)))
      rmSync(join(directory, name), { force: true, recursive: true });
  }
}

function isOld(file: string): boolean {
  try {
    return Date.now() - statSync(file).mtimeMs > OLDEST_MS;
  } catch {
    return false;
  }
}

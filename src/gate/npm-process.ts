import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** An npm process that runs scripts, told from every other process that had or will have its id. */
export type NpmProcess = {
  readonly pid: number;
  /** When it started, in the words of the system; `-` = not known, so that nothing may be remembered for it. */
  readonly started: string;
  /** The boot of the machine; `-` where the system has no name for it. */
  readonly boot: string;
};

/** When the process with this id started, or `null` when there is none; the same text as in hooks/script-shell. */
export function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Behind the name in parentheses, which may have any characters: state is field 3, the start time field 22.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    const words = ps('lstart=', pid)?.trim().split(/\s+/) ?? [];
    return words.length === 5 ? words.join('-') : null;
  }
}

/**
 * The words behind the command on npm's command line. npm puts them into its process title, without the options. Only
 * the user chose them, and they are all that tells an alias before package.json is written.
 */
export function wordsOf(pid: number): readonly string[] {
  const title = titleOf(pid).trim().split(/\s+/);
  return title[0] === 'npm' ? title.slice(2) : [];
}

/** The process that started this one, or `null`. */
export function parentOf(pid: number): number | null {
  let text: string | undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    text = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  } catch {
    text = ps('ppid=', pid)?.trim();
  }
  return text !== undefined && /^[1-9]\d*$/.test(text) ? Number(text) : null;
}

/** A variable of the environment with which the process was started, or `null`; without /proc there is none. */
export function startedWith(pid: number, name: string): string | null {
  try {
    const variables = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    return variables.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
  } catch {
    return null;
  }
}

function titleOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ps('args=', pid) ?? '';
  }
}

/** By its absolute path: PATH begins with the packages that are to be judged. */
function ps(field: string, pid: number): string | null {
  try {
    const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore'];
    return execFileSync('/bin/ps', ['-o', field, '-p', String(pid)], {
      encoding: 'utf8',
      env: { LC_ALL: 'C' },
      stdio,
    });
  } catch {
    return null;
  }
}

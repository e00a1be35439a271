import { AsyncLocalStorage } from 'node:async_hooks';
import { statSync } from 'node:fs';
import { currentDigest, digestOfNames, stampOf } from './current-digest.js';
import { digestOf } from './digest.js';
import type { Input } from './input.js';

/** What a piece of work has read, and until when it would come to the same result. */
export type Trace = {
  readonly inputs: readonly Input[];
  /** Milliseconds since the epoch; infinite where nothing that was read grows old. */
  readonly untilMs: number;
  /** It asked nobody, and everything that it read is in `inputs`. */
  readonly isRepeatable: boolean;
};

type Open = { readonly inputs: Map<string, Input>; untilMs: number; isRepeatable: boolean };

const current = new AsyncLocalStorage<Open>();

/**
 * Does the work and notes what it reads: every reader of the pipeline tells of its input by one of the functions below,
 * which do nothing where nobody traces.
 */
export async function traceInputs<T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly trace: Trace }> {
  const open: Open = { inputs: new Map(), untilMs: Number.POSITIVE_INFINITY, isRepeatable: true };
  const result = await current.run(open, work);
  const { inputs, untilMs, isRepeatable } = open;
  return { result, trace: { inputs: [...inputs.values()], untilMs, isRepeatable } };
}

/** A file was read whole; `null` = there is none. */
export function noteFile(path: string, bytes: Uint8Array | null): void {
  note('file', path, () => (bytes === null ? null : digestOf(bytes)));
}

/**
 * A library has read a file, or looked for it in vain. Where the file is young, it may have read something else; where it
 * can't be read, the library has gone on without it.
 */
export function noteForeignFile(path: string): void {
  try {
    const changedMs = statSync(path, { throwIfNoEntry: false })?.ctimeMs ?? null;
    if (changedMs !== null && Date.now() - changedMs < YOUNG_MS) noteUnrepeatable();
    note('file', path, () => currentDigest({ kind: 'file', name: path }, {}));
  } catch {
    noteUnrepeatable();
  }
}

/** Above the grain of the times of all file systems. */
const YOUNG_MS = 5_000;

/** A large file of this program's own was read. */
export function noteOwnFile(path: string): void {
  note('stamp', path, () => stampOf(path));
}

/** It was asked where a path leads, or whether it is there. */
export function notePlace(path: string, real: string | null): void {
  note('place', path, () => (real === null ? null : digestOf(real)));
}

/** A library has asked whether a path is there. */
export function noteForeignPlace(path: string): void {
  try {
    note('place', path, () => currentDigest({ kind: 'place', name: path }, {}));
  } catch {
    noteUnrepeatable();
  }
}

/** The names of the visible folders in a folder were read; `null` = there is none. */
export function noteFolders(path: string, names: readonly string[] | null): void {
  note('folders', path, () => digestOfNames(names));
}

/** It was looked which lockfiles a folder has. */
export function noteLockfiles(path: string): void {
  note('lockfiles', path, () => currentDigest({ kind: 'lockfiles', name: path }, {}));
}

export function noteVariable(name: string, value: string | undefined): void {
  note('variable', name, () => (value === undefined ? null : digestOf(value)));
}

/** What was read is not to be used later than this. */
export function noteUntil(untilMs: number): void {
  const open = current.getStore();
  if (open !== undefined) open.untilMs = Math.min(open.untilMs, untilMs);
}

/** Somebody was asked, or something was read that can't be noted. */
export function noteUnrepeatable(): void {
  const open = current.getStore();
  if (open !== undefined) open.isRepeatable = false;
}

/** What another trace has noted, or noted in another run, was read here too. */
export function noteTrace({ inputs, untilMs, isRepeatable }: Trace): void {
  for (const { kind, name, digest } of inputs) note(kind, name, () => digest);
  noteUntil(untilMs);
  if (!isRepeatable) noteUnrepeatable();
}

/** An input that changed while the work went on makes it unrepeatable. */
function note(kind: Input['kind'], name: string, digest: () => string | null): void {
  const open = current.getStore();
  if (open === undefined) return;
  const input = { kind, name, digest: digest() };
  const key = `${kind} ${name}`;
  const before = open.inputs.get(key);
  if (before !== undefined && before.digest !== input.digest) open.isRepeatable = false;
  open.inputs.set(key, input);
}

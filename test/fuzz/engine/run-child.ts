import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { readCurrentInput } from './current-input.js';
import type { Finding, FuzzJob, FuzzTally } from './fuzz-loop.js';
import { storeInput } from './store.js';

/** The bundles of child.ts and of the targets. */
export type FuzzBundles = { readonly child: string; readonly targets: string };

export type ChildLimits = {
  /** Of V8's heap, in MB: the corpus and what one input may take. */
  readonly heapMb: number;
  /** Without another input for so long it counts as hanging. */
  readonly silenceMs: number;
};

/** How a process ended: with a tally, or over an input that was stored as a finding. */
export type ChildEnd =
  | { readonly kind: 'done'; readonly tally: FuzzTally }
  | {
      readonly kind: 'died';
      /** Inputs until then. */
      readonly inputs: number;
      readonly finding: Finding;
    };

export const CHILD_LIMITS: ChildLimits = { heapMb: 400, silenceMs: 20_000 };
const LOOK_EVERY_MS = 500;
/** Until the first input: a machine may be busy. */
const START_MS = 120_000;

/** Runs a job in a process of its own and watches it from outside. */
export async function runChild(job: FuzzJob, bundles: FuzzBundles, limits = CHILD_LIMITS): Promise<ChildEnd> {
  const current = path.join(job.work, 'current');
  mkdirSync(job.work, { recursive: true });
  rmSync(current, { force: true });
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${limits.heapMb}`, bundles.child, JSON.stringify(job), bundles.targets],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      said[stream] += chunk;
    });
  let hangs = false;
  const stop = watch(current, limits.silenceMs, () => {
    hangs = true;
    child.kill('SIGKILL');
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  stop();
  if (status === 0) return { kind: 'done', tally: JSON.parse(said.stdout) as FuzzTally };
  const text = hangs ? `no answer for ${limits.silenceMs} ms` : lastLine(said.stderr);
  return diedOver(current, job, hangs ? 'hang' : 'crash', text);
}

function diedOver(file: string, job: FuzzJob, kind: Finding['kind'], text: string): ChildEnd {
  const current = readCurrentInput(file);
  if (current === null) throw new Error(`the fuzzer of ${job.target} can't start: ${text}`);
  const finding: Finding = { kind, file: storeInput(job.found, current.input), text };
  return { kind: 'died', inputs: current.count + 1, finding };
}

/** What V8 says when it runs out of memory stands before a long stack. */
function lastLine(stderr: string): string {
  const fatal = /FATAL ERROR: .*/.exec(stderr)?.[0];
  return fatal ?? stderr.trim().split('\n').slice(-12).join('\n');
}

function watch(file: string, silenceMs: number, onSilence: () => void): () => void {
  let last = -1;
  let sinceMs = performance.now();
  const timer = setInterval(() => {
    const count = readCurrentInput(file)?.count ?? -1;
    if (count !== last) {
      last = count;
      sinceMs = performance.now();
    } else if (performance.now() - sinceMs > (count < 0 ? START_MS : silenceMs)) onSilence();
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

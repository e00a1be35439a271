import { GUARD_ERROR_CODES } from '../../../src/errors.js';
import { type FuzzTarget, LIMITS } from '../target.js';
import { peakMemory } from './peak-memory.js';

/** What is wrong with one input. `key` is the same for inputs that show the same fault. */
export type Fault = {
  readonly kind: 'error' | 'slow' | 'memory';
  readonly key: string;
  readonly text: string;
};

export type Judged = { readonly ms: number; readonly mb: number; readonly fault: Fault | null };

/** Below this many bytes only the time is looked at. */
const LARGE_BYTES = 64 * 1024;

/** Runs a target on one input and says whether it kept to its limits. */
export async function judgeRun(target: FuzzTarget, input: Buffer): Promise<Judged> {
  const peak = input.length >= LARGE_BYTES ? peakMemory() : null;
  const startMs = performance.now();
  const cpu = process.cpuUsage();
  const error = await errorOf(target, input);
  const wallMs = performance.now() - startMs;
  const used = process.cpuUsage(cpu);
  const mb = peak?.() ?? 0;
  // Other processes take time off the clock, threads of V8 add to that of the processor.
  const ms = Math.min(wallMs, (used.user + used.system) / 1000);
  return { ms, mb, fault: faultOf(error, ms, mb) };
}

/**
 * Again where a limit was broken, until one of `times` runs keeps it: what took long may have waited for other processes, and what is
 * loaded on demand counts once.
 */
export async function judgeAgain(target: FuzzTarget, input: Buffer, times = 2): Promise<Judged> {
  const judged = await judgeRun(target, input);
  const isOver = judged.fault !== null && judged.fault.kind !== 'error';
  return isOver && times > 1 ? judgeAgain(target, input, times - 1) : judged;
}

function faultOf(error: unknown, ms: number, mb: number): Fault | null {
  if (error !== null && !isOurs(error)) return wrongError(error);
  if (ms > LIMITS.ms) return { kind: 'slow', key: 'slow', text: `${Math.round(ms)} ms` };
  return mb > LIMITS.mb ? { kind: 'memory', key: 'memory', text: `${Math.round(mb)} MB` } : null;
}

/** By its code: the bundle of the targets has a class of its own. INTERNAL is what a defect is reported under. */
function isOurs(error: unknown): boolean {
  const { name, code } = error as { readonly name?: unknown; readonly code?: unknown };
  return name === 'GuardError' && code !== 'INTERNAL' && GUARD_ERROR_CODES.some((known) => known === code);
}

function wrongError(error: unknown): Fault {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const [said = '', place = ''] = stack.split('\n');
  return { kind: 'error', key: `${said.replace(/["'`].*/s, '').slice(0, 80)} ${place.trim()}`, text: stack };
}

async function errorOf(target: FuzzTarget, input: Buffer): Promise<unknown> {
  try {
    await target.run(input);
    return null;
  } catch (error) {
    return error ?? 'nothing was thrown as an error';
  }
}

import path from 'node:path';
import { resolveCacheDir } from '../cache/cache-dir.js';
import { storeDirOf } from '../cache/store-directory.js';
import type { Trace } from '../inputs/trace.js';
import type { Report } from '../model/report.js';
import { recallVerdict } from '../remember/recall.js';
import { REMEMBERED_FOLDER, type Remembered } from '../remember/remembered.js';
import { verdictKey } from '../remember/verdict-key.js';
import { cacheKeyOf } from './cache-key.js';
import type { Io } from './io.js';
import type { CheckOptions } from './options.js';
import { TOOL } from './tool.js';

/** The verdict on one tree that is judged as a whole, from run to run. */
export type VerdictMemory = {
  /** The report of an earlier run, where judging again would come to the same; at no other time. */
  readonly recall: () => Remembered | null;
  /** Keeps a report for later runs, where it allows all and asked nobody. `packages` as in {@link Remembered}. */
  readonly keep: (report: Report, trace: Trace, packages: string) => Promise<void>;
};

/** What is decided in a day may have changed outside: established names are judged without asking anybody. */
const LONGEST_MS = 24 * 60 * 60_000;

/**
 * @param place what is judged, absolute
 * @param way how it is read
 */
export function openMemory(
  options: CheckOptions,
  io: Io,
  place: string,
  way: 'path' | 'pnpm project',
): VerdictMemory {
  if (!options.useCache || options.since !== null) return { recall: () => null, keep: async () => undefined };
  const { env, home, platform, cwd } = io;
  const storeDir = storeDirOf(resolveCacheDir({ option: options.cacheDir, env, platform, home, cwd }));
  const kept = { storeDir, cacheKey: cacheKeyOf(io) };
  const key = verdictKey({ place, settings: [way, decisive(options, cwd)], tool: TOOL, env, home });
  const startedMs = io.nowMs();
  return {
    recall: () => {
      const elapsedMs = io.elapsedMs();
      const found = recallVerdict(kept, key, { nowMs: startedMs, env });
      return found && { ...found, report: timed(found.report, io.elapsedMs() - elapsedMs) };
    },
    keep: async (report, trace, packages) => {
      const untilMs = Math.min(trace.untilMs, startedMs + LONGEST_MS);
      if (!trace.isRepeatable || report.status !== 'allowed' || untilMs <= startedMs) return;
      const { writeKept } = await import('../remember/write-kept.js');
      const { inputs } = trace;
      const remembered: Remembered = { inputs, madeAtMs: startedMs, untilMs, report, packages };
      await writeKept({ ...kept, folder: REMEMBERED_FOLDER }, key, remembered);
    },
  };
}

/** The options that decide about the report; the others change how fast it comes, or how it looks. */
function decisive(options: CheckOptions, cwd: string): unknown {
  const { failOn, config, offline, registry, npmOptions = {}, downloadsUrl } = options;
  const { useData, verifyIntegrity, all } = options;
  const configFile = config === null ? null : path.resolve(cwd, config);
  return [failOn, configFile, offline, registry, npmOptions, downloadsUrl, useData, verifyIntegrity, all];
}

function timed(report: Report, elapsedMs: number): Report {
  return { ...report, stats: { ...report.stats, elapsedMs: Math.round(elapsedMs * 10) / 10 } };
}

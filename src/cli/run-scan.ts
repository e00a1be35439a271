import { createReadStream } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { GuardError } from '../errors.js';
import { bundledDirectory, loadNameData } from '../names/load-name-data.js';
import { NO_NAME_DATA } from '../names/no-name-data.js';
import { type JudgeBatch, scanBatch, scanNames } from '../names/scan.js';
import type { ScanPool } from '../names/scan-pool.js';
import { escapeInvisible } from '../report/print-json.js';
import type { Io } from './io.js';
import type { CommandResult } from './main.js';
import type { CheckOptions } from './options.js';

/** Where the build puts the worker, beside the bundle. */
const WORKER = fileURLToPath(new URL('../workers/scan-names.js', import.meta.url));

type Judge = { readonly judge: JudgeBatch; readonly inFlight: number; readonly close: () => Promise<void> };

/** `scan --names FILE|-`: NDJSON, a line for each name, in the order of the input and as it comes. */
export async function runScan(
  operands: readonly string[],
  options: CheckOptions,
  io: Io,
): Promise<CommandResult> {
  if (options.names === null || operands.length > 0) {
    throw new GuardError(
      'USAGE',
      'scan needs --names FILE, or --names - for stdin',
      'phantom-guard-install scan --names -',
    );
  }
  const judge = await openJudge(options);
  const parts: string[] = [];
  try {
    for await (const lines of scanNames(openInput(options.names, io), judge.judge, judge.inFlight)) {
      const text = escapeInvisible(lines);
      if (options.output === null) await io.stdout.write(text);
      else parts.push(text);
    }
  } finally {
    await judge.close();
  }
  return { text: parts.join(''), status: 0 };
}

async function openJudge({ useData, workers }: CheckOptions): Promise<Judge> {
  const threads = workers ?? availableParallelism();
  if (threads === 0 || !useData) {
    const data = useData ? loadNameData() : NO_NAME_DATA;
    return { judge: (lines) => scanBatch(lines, data), inFlight: 1, close: () => Promise.resolve() };
  }
  const { openScanPool } = await import('../names/scan-pool.js');
  const pool: ScanPool = openScanPool(threads, WORKER, bundledDirectory());
  return pool;
}

async function* openInput(names: string, io: Io): AsyncGenerator<string | Buffer> {
  if (names === '-') return yield* io.stdin;
  try {
    yield* createReadStream(path.resolve(io.cwd, names));
  } catch (cause) {
    throw new GuardError(
      'INPUT_NOT_FOUND',
      `${names} can't be read`,
      'name a file with one package name a line',
      cause,
    );
  }
}

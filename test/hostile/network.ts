import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CLI } from '../support/run-cli.js';
import { type ProcessRun, runProcess } from '../support/run-process.js';

const RECORDER = path.resolve(import.meta.dirname, '../support/only-loopback.mjs');

export type Recorded = Pick<ProcessRun, 'status' | 'stdout' | 'stderr'> & {
  /** Every place that was connected to or looked up, by any process of the run: `127.0.0.1:4873`, `lookup host`. */
  readonly places: readonly string[];
};

export type RecordOptions = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** The text of stdout after which stdin ends; default: at once. */
  readonly until?: string;
};

/** The built command line; every connection and name lookup of it and of what it starts is written down. */
export async function runRecorded(
  words: readonly string[],
  { cwd, env, stdin, until }: RecordOptions,
): Promise<Recorded> {
  const log = path.join(mkdtempSync(path.join(tmpdir(), 'phantom-guard-network-')), 'log');
  const recorded = { ...env, NODE_OPTIONS: `--import=${RECORDER}`, ZQ_NETWORK_LOG: log };
  const run =
    until === undefined
      ? await runProcess(process.execPath, [CLI, ...words], {
          cwd,
          env: recorded,
          ...(stdin === undefined ? {} : { stdin }),
        })
      : await converse(words, { cwd, env: recorded, stdin: stdin ?? '', until });
  const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : [];
  const places = lines
    .map((line) => JSON.parse(line) as { what: string; host: string; port: number | null })
    .map(({ what, host, port }) => (what === 'connect' ? `${host}:${port}` : `${what} ${host}`));
  return { ...run, places: [...new Set(places)].sort() };
}

/** Keeps stdin open until stdout has the text, or the program ends. */
function converse(
  words: readonly string[],
  { cwd, env, stdin, until }: Required<RecordOptions>,
): Promise<Omit<Recorded, 'places'>> {
  const child = spawn(process.execPath, [CLI, ...words], { cwd, env, timeout: 60_000 });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (bytes: Buffer) => {
    stdout += bytes.toString();
    if (stdout.includes(until)) child.stdin.end();
  });
  child.stderr.on('data', (bytes: Buffer) => {
    stderr += bytes.toString();
  });
  child.stdin.write(stdin);
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (status) => resolve({ status, stdout, stderr }));
  });
}

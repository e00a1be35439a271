import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CLI } from '../support/run-cli.js';
import { type ProcessRun, runProcess } from '../support/run-process.js';

const RECORDER = path.resolve(import.meta.dirname, '../support/only-loopback.mjs');

export type Recorded = ProcessRun & {
  /** Every place that was connected to or looked up, by any process of the run: `127.0.0.1:4873`, `lookup host`. */
  readonly places: readonly string[];
};

/** The built command line; every connection and name lookup of it and of what it starts is written down. */
export async function runRecorded(
  words: readonly string[],
  {
    cwd,
    env,
    stdin,
  }: { readonly cwd: string; readonly env: Readonly<Record<string, string>>; readonly stdin?: string },
): Promise<Recorded> {
  const log = path.join(mkdtempSync(path.join(tmpdir(), 'phantom-guard-network-')), 'log');
  const run = await runProcess(process.execPath, [CLI, ...words], {
    cwd,
    env: { ...env, NODE_OPTIONS: `--import=${RECORDER}`, ZQ_NETWORK_LOG: log },
    ...(stdin === undefined ? {} : { stdin }),
  });
  const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : [];
  const places = lines
    .map((line) => JSON.parse(line) as { what: string; host: string; port: number | null })
    .map(({ what, host, port }) => (what === 'connect' ? `${host}:${port}` : `${what} ${host}`));
  return { ...run, places: [...new Set(places)].sort() };
}

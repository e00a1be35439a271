import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Report } from '../../src/model/report.js';
import { faultsInReport } from './report-schema.js';

/** The built command line; `npm run build` makes it. */
export const CLI = path.resolve(import.meta.dirname, '../../dist/cli.js');

/** The Node that runs it: the tests' own, or the one that scripts/check-node-versions.mjs names. */
const NODE = process.env['PHANTOM_GUARD_TEST_NODE'] ?? process.execPath;

export type CliRun = {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The stdout as one JSON document; throws where that is not what schemas/report.schema.json describes. */
  readonly report: () => Report;
};

export type CliOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
};

/**
 * Runs the built command line as a user of a fresh machine: a home of its own, no variable of npm's, nothing on stdin.
 * Resolves with whatever status it ends with.
 */
export function runCli(args: readonly string[], { cwd, env = {} }: CliOptions = {}): Promise<CliRun> {
  if (!existsSync(CLI)) throw new Error('dist/cli.js is missing: run "npm run build" first');
  const home = mkdtempSync(path.join(tmpdir(), 'phantom-guard-home-'));
  const child = spawn(NODE, [CLI, ...args], {
    cwd: cwd ?? home,
    env: { PATH: process.env['PATH'] ?? '', HOME: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      const stdout = Buffer.concat(out).toString('utf8');
      const stderr = Buffer.concat(err).toString('utf8');
      resolve({ status, stdout, stderr, report: () => readReport(stdout) });
    });
  });
}

function readReport(stdout: string): Report {
  const report: Report = JSON.parse(stdout);
  const faults = faultsInReport(report);
  if (faults.length > 0) throw new Error(`not the published schema of a report:\n${faults.join('\n')}`);
  return report;
}

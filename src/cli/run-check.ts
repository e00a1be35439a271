import path from 'node:path';
import { GuardError } from '../errors.js';
import type { Report } from '../model/report.js';
import { exitStatus } from '../report/build-report.js';
import type { Io } from './io.js';
import { judgeOrRecall } from './judge-or-recall.js';
import type { CommandResult } from './main.js';
import type { CheckOptions } from './options.js';
import { renderReport } from './write-result.js';

/**
 * `check [PATH]`: reads the tree at PATH (default: here) and judges it, or with `--since` what changed in it. Writes
 * nothing but the cache.
 */
export async function runCheck(
  operands: readonly string[],
  options: CheckOptions,
  io: Io,
): Promise<CommandResult> {
  const [target = '.', ...rest] = operands;
  if (rest.length > 0) throw new GuardError('USAGE', 'check takes one path', 'run it once for each project');
  const place = path.resolve(io.cwd, target);
  const report =
    options.since === null
      ? await judgeOrRecall(place, options, io)
      : await judgeChanges(place, options.since, options, io);
  return { text: await renderReport(report, options, io, place), status: exitStatus(report) };
}

async function judgeChanges(place: string, ref: string, options: CheckOptions, io: Io): Promise<Report> {
  const [{ readTree }, { changesSince }, { judgeAndReport }] = await Promise.all([
    import('../lockfile/read-tree.js'),
    import('../since/changes-since.js'),
    import('./judge-and-report.js'),
  ]);
  const tree = await readTree(place);
  const changes = await changesSince(ref, { tree, target: place, env: io.env, signal: io.signal });
  return (await judgeAndReport(tree, options, io, { changes })).report;
}

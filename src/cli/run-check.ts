import path from 'node:path';
import { GuardError } from '../errors.js';
import { exitStatus } from '../report/build-report.js';
import type { Io } from './io.js';
import type { CommandResult } from './main.js';
import type { CheckOptions } from './options.js';
import { reportOn } from './report-on.js';
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
  if (options.docs) return await (await import('./run-check-docs.js')).runCheckDocs(operands, options, io);
  const [target = '.', ...rest] = operands;
  if (rest.length > 0) throw new GuardError('USAGE', 'check takes one path', 'run it once for each project');
  const place = path.resolve(io.cwd, target);
  const report = await reportOn(place, options, io);
  return { text: await renderReport(report, options, io, place), status: exitStatus(report) };
}

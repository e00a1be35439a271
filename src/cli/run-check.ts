import path from 'node:path';
import { GuardError } from '../errors.js';
import { readTree } from '../lockfile/read-tree.js';
import type { ResolvedTree } from '../model/resolved-tree.js';
import { exitStatus } from '../report/build-report.js';
import type { Changes } from '../since/changes-since.js';
import type { Io } from './io.js';
import { judgeAndReport } from './judge-and-report.js';
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
  const tree = await readTree(place);
  const changes = options.since === null ? null : await findChanges(tree, place, options.since, io);
  const { report } = await judgeAndReport(tree, options, io, { changes });
  return { text: renderReport(report, options.format, options), status: exitStatus(report) };
}

async function findChanges(tree: ResolvedTree, target: string, ref: string, io: Io): Promise<Changes> {
  const { changesSince } = await import('../since/changes-since.js');
  return await changesSince(ref, { tree, target, env: io.env, signal: io.signal });
}

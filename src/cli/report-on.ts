import { CONFIG_FILES } from '../config/config-file.js';
import type { Report } from '../model/report.js';
import type { Io } from './io.js';
import { judgeOrRecall } from './judge-or-recall.js';
import type { CheckOptions } from './options.js';

/** The report on what `place` (absolute) resolves to, or with `--since` on what changed in it. */
export async function reportOn(place: string, options: CheckOptions, io: Io): Promise<Report> {
  return options.since === null
    ? await judgeOrRecall(place, options, io)
    : await judgeChanges(place, options.since, options, io);
}

async function judgeChanges(place: string, ref: string, options: CheckOptions, io: Io): Promise<Report> {
  const [{ readTree }, { changesSince }, { judgeAndReport }] = await Promise.all([
    import('../lockfile/read-tree.js'),
    import('../since/changes-since.js'),
    import('./judge-and-report.js'),
  ]);
  const tree = await readTree(place);
  const { env, signal } = io;
  const changes = await changesSince(ref, { tree, target: place, env, signal, names: CONFIG_FILES });
  return (await judgeAndReport(tree, options, io, { changes })).report;
}

import { existsSync } from 'node:fs';
import path from 'node:path';
import { GuardError } from '../errors.js';
import { readLanded } from '../landed/read-landed.js';
import { readTree } from '../lockfile/read-tree.js';
import type { Report } from '../model/report.js';
import type { ResolvedTree } from '../model/resolved-tree.js';
import { exitStatus } from '../report/build-report.js';
import type { Io } from './io.js';
import { judgeAndReport } from './judge-and-report.js';
import { judgeOrRecall } from './judge-or-recall.js';
import type { CommandResult } from './main.js';
import type { CheckOptions } from './options.js';
import { preinstallComesFirst, type ScriptRunner, scriptRunner } from './script-runner.js';
import { renderReport } from './write-result.js';

/**
 * `preinstall`: what the `preinstall` script of a project runs. It judges the project as `check` does. Where the
 * manager has installed the dependencies by then (npm 10 and 11, older pnpm) it says so, and judges node_modules too.
 */
export async function runPreinstall(
  operands: readonly string[],
  options: CheckOptions,
  io: Io,
): Promise<CommandResult> {
  if (operands.length > 0) {
    throw new GuardError('USAGE', 'preinstall takes no operand', 'it judges the project in this directory');
  }
  const runner = scriptRunner(io.env['npm_config_user_agent']);
  const isGate = runner !== null && preinstallComesFirst(runner);
  const project = await judgeOrRecall(io.cwd, options, io);
  const landed = isGate ? null : await readInstalled(io.cwd);
  if (landed === null) return await result([project], options, io, '');
  const { report } = await judgeAndReport(landed, options, io);
  return await result([project, report], options, io, afterwards(runner));
}

/** What lies in node_modules: pnpm has it written down there, of npm's the folder itself is read. */
async function readInstalled(directory: string): Promise<ResolvedTree | null> {
  const ofPnpm = path.join(directory, 'node_modules', '.pnpm', 'lock.yaml');
  if (existsSync(ofPnpm)) return await readTree(ofPnpm);
  return existsSync(path.join(directory, 'node_modules')) ? await readLanded(directory) : null;
}

function afterwards(runner: ScriptRunner | null): string {
  if (runner === null) return '';
  const { name, version } = runner;
  return (
    `phantom-guard-install: ${name} ${version} runs this script after it installed the dependencies and ran their ` +
    'scripts. What is in node_modules is judged too, but code of a bad package may have run already.\n'
  );
}

/** The worst report, and the others where they say more than that nothing is wrong; one document in the other formats. */
async function result(
  reports: readonly [Report, ...Report[]],
  options: CheckOptions,
  io: Io,
  note: string,
): Promise<CommandResult> {
  const status = worst(reports.map(exitStatus));
  const [first] = reports;
  const bad = reports.filter((report) => exitStatus(report) !== 0);
  if (options.format !== 'text') {
    const shown = reports.find((report) => exitStatus(report) === status) ?? first;
    return { text: await renderReport(shown, options, io, io.cwd), status };
  }
  const shown = bad.length === 0 ? [first] : bad;
  const texts = await Promise.all(shown.map((report) => renderReport(report, options, io, io.cwd)));
  return { text: `${note}${[...new Set(texts)].join('\n')}`, status };
}

/** 1 wins over 2: something was blocked, whatever else could not be decided. */
function worst(statuses: readonly (0 | 1 | 2)[]): 0 | 1 | 2 {
  if (statuses.includes(1)) return 1;
  return statuses.includes(2) ? 2 : 0;
}

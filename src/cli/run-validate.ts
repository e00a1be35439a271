import { GuardError } from '../errors.js';
import type { Report } from '../model/report.js';
import { exitStatus } from '../report/build-report.js';
import { parseSpecs } from '../specs/parse-specs.js';
import type { Io } from './io.js';
import { judgeAndReport } from './judge-and-report.js';
import type { CommandResult } from './main.js';
import type { CheckOptions } from './options.js';
import { renderReport } from './write-result.js';

/** `validate SPEC…`: judges each spec as a direct dependency; every one is listed in the text, whatever its risk. */
export async function runValidate(
  operands: readonly string[],
  options: CheckOptions,
  io: Io,
): Promise<CommandResult> {
  if (operands.length === 0)
    throw new GuardError(
      'USAGE',
      'validate needs at least one spec',
      'phantom-guard-install validate left-pad',
    );
  const all = options.all || options.format === 'text';
  const report = await reportOnSpecs(operands, { ...options, all }, io);
  return { text: await renderReport(report, options, io, null), status: exitStatus(report) };
}

/** The report on specs, as a user types them. @throws GuardError `SPEC_INVALID` */
export async function reportOnSpecs(
  specs: readonly string[],
  options: CheckOptions,
  io: Io,
): Promise<Report> {
  return (await judgeAndReport(parseSpecs(specs, io.cwd), options, io)).report;
}

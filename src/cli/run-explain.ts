import { GuardError } from '../errors.js';
import { exitStatus } from '../report/build-report.js';
import { explainVerdict } from '../report/explain.js';
import { renderExplanation } from '../report/render-explanation.js';
import { parseSpecs } from '../specs/parse-specs.js';
import type { Io } from './io.js';
import { judgeAndReport } from './judge-and-report.js';
import type { CommandResult } from './main.js';
import type { CheckOptions } from './options.js';

/** `explain SPEC`: every fact with its source and age, every signal with its weight, and how they became the verdict. */
export async function runExplain(
  operands: readonly string[],
  options: CheckOptions,
  io: Io,
): Promise<CommandResult> {
  const [spec, ...rest] = operands;
  if (spec === undefined || rest.length > 0) {
    throw new GuardError('USAGE', 'explain takes one spec', 'phantom-guard-install explain left-pad');
  }
  const { report, verdicts, policy, config } = await judgeAndReport(
    parseSpecs([spec], io.cwd),
    { ...options, all: true },
    io,
    { askAlways: true },
  );
  const explanations = verdicts.map((verdict) =>
    explainVerdict(
      verdict,
      policy,
      config.files.map(({ path }) => path),
    ),
  );
  const text =
    options.format === 'json'
      ? `${JSON.stringify({ ...report, explanations }, null, 2)}\n`
      : explanations.map((explanation) => renderExplanation(explanation, options.color)).join('\n');
  return { text, status: exitStatus(report) };
}

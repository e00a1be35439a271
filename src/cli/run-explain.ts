import { GuardError } from '../errors.js';
import type { Report } from '../model/report.js';
import type { Verdict } from '../model/verdict.js';
import { exitStatus } from '../report/build-report.js';
import { type Explanation, explainVerdict } from '../report/explain.js';
import { printJson } from '../report/print-json.js';
import { renderExplanation } from '../report/render-explanation.js';
import { isIntegrityCompared } from '../signals/integrity-mismatch.js';
import { parseSpecs } from '../specs/parse-specs.js';
import { findInProject, type Meant } from './find-in-project.js';
import type { Io } from './io.js';
import { type Judged, judgeAndReport } from './judge-and-report.js';
import type { CommandResult } from './main.js';
import type { CheckOptions } from './options.js';

/**
 * `explain SPEC`: every fact with its source and age, every signal with its weight, and how they became the verdict; of
 * the package as this project has it, else as a direct dependency.
 */
export async function runExplain(
  operands: readonly string[],
  options: CheckOptions,
  io: Io,
): Promise<CommandResult> {
  const [spec, ...rest] = operands;
  if (spec === undefined || rest.length > 0) {
    throw new GuardError('USAGE', 'explain takes one spec', 'phantom-guard-install explain left-pad');
  }
  const { report, explanations } = await explainSpec(spec, options, io);
  const text =
    options.format === 'json'
      ? printJson({ ...report, explanations })
      : explanations.map((explanation) => renderExplanation(explanation, options.color)).join('\n');
  return { text, status: exitStatus(report) };
}

/**
 * The report on a spec, as the project has it, and what led to each verdict.
 *
 * @param told what of a verdict is explained
 * @throws GuardError `SPEC_INVALID`
 */
export async function explainSpec(
  spec: string,
  options: CheckOptions,
  io: Io,
  told: (verdict: Verdict) => Verdict = (verdict) => verdict,
): Promise<{ readonly report: Report; readonly explanations: readonly Explanation[] }> {
  const asked = parseSpecs([spec], io.cwd);
  const judge = ({ tree, only }: Meant): Promise<Judged> =>
    judgeAndReport(tree, { ...options, all: true }, io, { askAlways: true, only });
  const inProject = await judge(await findInProject(asked, io));
  // What the tree only mentions, as an optional peer, has no verdict of its own there.
  const { report, verdicts, policy, config } =
    inProject.verdicts.length > 0 ? inProject : await judge({ tree: asked, only: null });
  const files = config.files.map(({ path }) => path);
  const explanations = verdicts.map((verdict) =>
    explainVerdict(told(verdict), { policy, files, integrityCompared: isIntegrityCompared(verdict.subject) }),
  );
  return { report, explanations };
}

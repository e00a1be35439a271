import path from 'node:path';
import type { Decision } from '../../agent/hook-call.js';
import { PASS } from '../../agent/hook-call.js';
import {
  type AskedBy,
  composeReason,
  OVERRIDE_REASONS,
  packageReason,
  UNCLEAR_REASONS,
} from '../../agent/reasons.js';
import { GuardError } from '../../errors.js';
import type { Report } from '../../model/report.js';
import { sanitize } from '../../report/sanitize.js';
import { parsePlainSpecs } from '../../specs/parse-plain-specs.js';
import type { Io } from '../io.js';
import type { CheckOptions } from '../options.js';
import type { AskedPackages, AskedProject, Problem, Requests } from './requests.js';

type Verdict = { readonly isFinal: boolean; readonly reason: string };

/** For these no question is put to anybody. */
const FINAL: ReadonlySet<string> = new Set(['accept', 'undo', 'variable']);

/** Judges what a tool call asks for. A name that is blocked, or that nobody could judge, is refused; what can't be told is asked. */
export async function judgeRequests(
  { packages, projects, problems }: Requests,
  canAsk: boolean,
  options: CheckOptions,
  io: Io,
): Promise<Decision> {
  const verdicts = problems.map(problemVerdict);
  for (const asked of packages) verdicts.push(...(await judgePackages(asked, options, io)));
  for (const asked of projects) verdicts.push(...(await judgeProject(asked, options, io)));
  if (verdicts.length === 0) return PASS;
  const isFinal = !canAsk || verdicts.some((verdict) => verdict.isFinal);
  return { kind: isFinal ? 'deny' : 'ask', reason: composeReason(verdicts.map(({ reason }) => reason)) };
}

function problemVerdict(problem: Problem): Verdict {
  return problem.kind === 'unclear'
    ? { isFinal: false, reason: UNCLEAR_REASONS[problem.why] }
    : { isFinal: FINAL.has(problem.what), reason: OVERRIDE_REASONS[problem.what] };
}

async function judgePackages(
  asked: AskedPackages,
  options: CheckOptions,
  io: Io,
): Promise<readonly Verdict[]> {
  const { specs, dir } = asked;
  return await verdictsOf(asked, async () => {
    const tree =
      parsePlainSpecs(specs) ?? (await import('../../specs/parse-specs.js')).parseSpecs(specs, dir);
    const { judgeAndReport } = await import('../judge-and-report.js');
    return (await judgeAndReport(tree, options, io, { projectDir: dir })).report;
  });
}

async function judgeProject(
  { dir, manager }: AskedProject,
  options: CheckOptions,
  io: Io,
): Promise<readonly Verdict[]> {
  const asked = { manager, how: 'install', inProject: true } as const;
  return await verdictsOf(asked, async () => {
    const { judgeOrRecall } = await import('../judge-or-recall.js');
    try {
      return await judgeOrRecall(dir, options, io);
    } catch (error) {
      // Lockfiles of yarn and bun can't be read; what the project itself asks for can.
      if (!(error instanceof GuardError) || error.code !== 'UNSUPPORTED_MANAGER') throw error;
      return await judgeOrRecall(path.join(dir, 'package.json'), options, io);
    }
  });
}

async function verdictsOf(asked: AskedBy, judge: () => Promise<Report>): Promise<readonly Verdict[]> {
  try {
    const { packages, status } = await judge();
    const stopped = packages.filter(({ action }) => action === 'block');
    if (stopped.length > 0)
      return stopped.map((reported) => ({ isFinal: true, reason: packageReason(reported, asked) }));
    return status === 'allowed'
      ? []
      : [{ isFinal: true, reason: 'Nobody could judge what is installed here.' }];
  } catch (error) {
    if (!(error instanceof GuardError)) throw error;
    const reason = `This could not be judged: ${sanitize(error.message)}. ${sanitize(error.hint)}`;
    return [{ isFinal: true, reason }];
  }
}

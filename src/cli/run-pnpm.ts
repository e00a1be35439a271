import path from 'node:path';
import { cacheDirOf } from '../compose.js';
import { readProject } from '../lockfile/read-project.js';
import type { ResolvedTree } from '../model/resolved-tree.js';
import { exitStatus } from '../report/build-report.js';
import { parseSpecs } from '../specs/parse-specs.js';
import { findProgram } from '../wrap/real-npm.js';
import { guardPnpm, requestedPnpmSpecs } from '../wrap-pnpm/guard-pnpm.js';
import { readPnpmLine } from '../wrap-pnpm/pnpm-line.js';
import { pnpmRoot } from '../wrap-pnpm/project-root.js';
import type { Io } from './io.js';
import { judgeAndReport } from './judge-and-report.js';
import type { ProgramEnding } from './main.js';
import { withoutOurs } from './npm-start.js';
import type { CheckOptions } from './options.js';
import { tellEnd, toStderr } from './run-wrapped.js';
import { renderReport, writeResult } from './write-result.js';

/**
 * `pnpm …` and `pnpx …`: the guarded form of that command line. All of our output goes to stderr or `--output`, so that
 * stdout is pnpm's own.
 *
 * @throws GuardError NO_MANAGER, NOT_YET, PROJECT_BUSY, PROJECT_CHANGED
 */
export async function runPnpm(
  program: 'pnpm' | 'pnpx',
  given: readonly string[],
  options: CheckOptions,
  io: Io,
): Promise<ProgramEnding> {
  const argv = program === 'pnpx' ? ['dlx', ...given] : given;
  const line = readPnpmLine(argv);
  const dir = path.resolve(io.cwd, line.dir ?? '.');
  const root = await pnpmRoot(dir, line.ignoresWorkspace);
  const run = { program: await findProgram('pnpm', io.env), cwd: dir, env: withoutOurs(io.env) };
  const judging = { ...options, registry: line.registry ?? options.registry };
  const judge = async (tree: ResolvedTree, isPreview: boolean): Promise<0 | 1 | 2> => {
    const { report } = await judgeAndReport(tree, judging, io, { projectDir: root, manager: 'pnpm' });
    const status = exitStatus(report);
    if (!isPreview || status !== 0)
      await writeResult(renderReport(report, judging.format, judging), judging.output, toStderr(io));
    return status;
  };
  const specs = requestedPnpmSpecs({ line });
  if (specs.length > 0) {
    const status = await judge(parseSpecs(specs, dir), true);
    if (status !== 0) return tellEnd({ kind: 'refused', status }, io);
  }
  const outcome = await guardPnpm({
    line,
    argv,
    run,
    userDir: io.cwd,
    root,
    cacheDir: cacheDirOf(options, io),
    judge: async (target) => ({ status: await judge(await readProject(target, 'pnpm'), false) }),
  });
  return tellEnd(outcome, io);
}

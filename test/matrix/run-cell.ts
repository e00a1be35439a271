import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Manager, managerEnv } from '../support/managers.js';
import { writeFiles } from '../support/projects.js';
import { runProcess } from '../support/run-process.js';
import { tarballPath } from '../support/tarball-packages.js';
import { startTarballRegistry } from '../support/tarball-registry.js';
import { type Guard, plainly } from './guards.js';
import type { Observation } from './levels.js';
import { MARK_VARIABLE, matrixPackages, SUBJECT_FILE, subjectOf, type Variant } from './packages.js';
import { compareSnapshots, takeSnapshot } from './snapshot.js';
import type { Plan, Scenario } from './world.js';

export type CellRun = {
  readonly guard: Guard;
  readonly manager: Manager;
  readonly scenario: Scenario;
  readonly variant: Variant;
  /** Leave project and home where they are. */
  readonly keep?: boolean;
};

/**
 * Runs one cell with one variant: a registry, a project and a home of its own.
 * @throws NotWired
 */
export async function runCell({ guard, manager, scenario, variant, keep }: CellRun): Promise<Observation> {
  const folder = mkdtempSync(path.join(tmpdir(), 'phantom-guard-cell-'));
  const [dir, home] = [path.join(folder, 'project'), path.join(folder, 'home')];
  const mark = path.join(folder, 'mark');
  const registry = await startTarballRegistry(matrixPackages(variant));
  try {
    const plan = scenario.plan({ registry, variant });
    mkdirSync(home);
    writeFiles(dir, plan.files);
    const env = managerEnv(manager, { home, registry: registry.url, env: { [MARK_VARIABLE]: mark } });
    if (scenario.warm) await warmCache(manager, plan, path.join(folder, 'warm'), env);
    const { file, args, env: added } = await guard.wire({ manager, scenario, dir, home, plan });
    const before = takeSnapshot(dir);
    registry.reset();
    const run = await runProcess(file, args, { cwd: dir, env: { ...env, ...added } });
    const downloads = registry.requestedTarballs();
    const subject = plan.subject ?? subjectOf(variant);
    const ofSubject =
      plan.isSubjectPath ?? ((asked) => asked === `/${tarballPath(subject.name, subject.version)}`);
    return {
      run,
      mark: existsSync(mark) ? readFileSync(mark, 'utf8').trim().split('\n') : [],
      landed: [...findSubject(dir), ...findSubject(home)],
      downloads,
      subjectDownloads: downloads.filter(ofSubject),
      untouched: compareSnapshots(before, takeSnapshot(dir)),
    };
  } finally {
    await registry.close();
    if (!keep) rmSync(folder, { recursive: true, force: true });
  }
}

/** The plan's command, unguarded and without scripts, in a folder of its own with the same npm cache. */
async function warmCache(
  manager: Manager,
  plan: Plan,
  dir: string,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  writeFiles(dir, plan.files);
  const { file, args } = plainly({ manager, plan });
  const { status, stderr } = await runProcess(file, [...args, '--ignore-scripts'], { cwd: dir, env });
  if (status !== 0) throw new Error(`the npm cache could not be filled: ${stderr}`);
}

/** The folders below `dir` that hold the subject's code. */
function findSubject(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === SUBJECT_FILE)
    .map((file) => path.join(dir, path.dirname(file)));
}

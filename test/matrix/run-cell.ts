import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Manager, managerEnv } from '../support/managers.js';
import { writeFiles } from '../support/projects.js';
import { type ProcessRun, runProcess } from '../support/run-process.js';
import { tarballPath } from '../support/tarball-packages.js';
import { startTarballRegistry } from '../support/tarball-registry.js';
import { type Guard, plainly } from './guards.js';
import type { Observation } from './levels.js';
import { MARK_VARIABLE, matrixPackages, SUBJECT_FILE, subjectOf, type Variant } from './packages.js';
import { compareSnapshots, takeSnapshot } from './snapshot.js';
import type { Command, Plan, Scenario } from './world.js';

export type CellRun = {
  readonly guard: Guard;
  readonly manager: Manager;
  readonly scenario: Scenario;
  readonly variant: Variant;
  /** Leave project and home where they are. */
  readonly keep?: boolean;
};

type Env = Readonly<Record<string, string>>;

/** Runs one cell with one variant: a registry, a project and a home of its own. */
export async function runCell({ guard, manager, scenario, variant, keep }: CellRun): Promise<Observation> {
  const folder = mkdtempSync(path.join(tmpdir(), 'phantom-guard-cell-'));
  const [dir, home] = [path.join(folder, 'project'), path.join(folder, 'home')];
  const mark = path.join(folder, 'mark');
  const registry = await startTarballRegistry(matrixPackages(variant));
  try {
    const plan = scenario.plan({ registry, variant });
    // As every Node has it; without it `npm link` fails.
    mkdirSync(path.join(home, 'prefix/lib'), { recursive: true });
    writeFiles(dir, plan.files);
    const env = managerEnv(manager, { home, registry: registry.url, env: { [MARK_VARIABLE]: mark } });
    const cwd = path.resolve(dir, plan.cwd ?? '.');
    mkdirSync(cwd, { recursive: true });
    if (scenario.warm) await warmCache(manager, plan, path.join(folder, 'warm'), env);
    if (plan.before) await runUnguarded(manager, plan.before, cwd, env);
    const guarded = { ...env, ...guard.wire({ manager, scenario, registry, dir, home, plan }) };
    const before = takeSnapshot(dir);
    registry.reset();
    const run = await runPlan({ guard, manager, plan, cwd, env: guarded });
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

type PlanRun = Pick<CellRun, 'guard' | 'manager'> & {
  readonly plan: Plan;
  readonly cwd: string;
  readonly env: Env;
};

/** The commands of a plan as one run: what all of them said, and how the last one ended. */
async function runPlan({ guard, manager, plan, cwd, env }: PlanRun): Promise<ProcessRun> {
  const start = (command: Command): Promise<ProcessRun> => {
    const { file, args } = guard.invoke(manager, command);
    return runProcess(file, args, { cwd, env });
  };
  const first = await start(plan.command);
  if (plan.second === undefined || first.status !== 0) return first;
  const second = await start(plan.second);
  return {
    ...second,
    stdout: first.stdout + second.stdout,
    stderr: first.stderr + second.stderr,
    elapsedMs: first.elapsedMs + second.elapsedMs,
  };
}

/** The plan's command in a folder of its own with the same npm cache. */
async function warmCache(manager: Manager, plan: Plan, dir: string, env: Env): Promise<void> {
  writeFiles(dir, plan.files);
  await runUnguarded(manager, plan.command, dir, env);
}

async function runUnguarded(manager: Manager, command: Command, cwd: string, env: Env): Promise<void> {
  const { file, args } = plainly(manager, command);
  const { status, stderr } = await runProcess(file, [...args, '--ignore-scripts'], { cwd, env });
  if (status !== 0) throw new Error(`${command.join(' ')} before the run: ${stderr}`);
}

/** The folders below `dir` that hold the subject's code. */
function findSubject(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === SUBJECT_FILE)
    .map((file) => path.join(dir, path.dirname(file)));
}

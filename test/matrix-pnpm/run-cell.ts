import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Observation } from '../matrix/levels.js';
import { MARK_VARIABLE, matrixPackages, SUBJECT_FILE, subjectOf, type Variant } from '../matrix/packages.js';
import { compareSnapshots, type Snapshot, takeSnapshot } from '../matrix/snapshot.js';
import { pnpmEnv } from '../support/pnpm-managers.js';
import { writeFiles } from '../support/projects.js';
import { type ProcessRun, runProcess } from '../support/run-process.js';
import { tarballPath } from '../support/tarball-packages.js';
import { startTarballRegistry } from '../support/tarball-registry.js';
import type { Invocation } from './guards.js';
import type { Place } from './select.js';
import type { Step, World } from './world.js';

type Run = (words: readonly string[]) => Promise<ProcessRun>;

/** Runs one cell with one variant: a registry, a project and a home of its own. */
export async function runCell({ guard, manager, scenario }: Place, variant: Variant): Promise<Observation> {
  const folder = mkdtempSync(path.join(tmpdir(), 'phantom-guard-cell-'));
  const [dir, home] = [path.join(folder, 'project'), path.join(folder, 'home')];
  const mark = path.join(folder, 'mark');
  const packages = [...matrixPackages(variant), ...(guard.packages?.() ?? [])];
  const world: World = { registry: await startTarballRegistry(packages), variant, manager };
  const { registry } = world;
  try {
    const plan = scenario.plan(world);
    mkdirSync(home);
    writeFiles(dir, plan.files);
    const env = pnpmEnv(manager, { home, registry: registry.url, env: { [MARK_VARIABLE]: mark } });
    const start = ([file, args, folders]: Invocation, added: Readonly<Record<string, string>> = {}) => {
      const PATH = [...folders, env['PATH']].join(path.delimiter);
      return runProcess(file, args, { cwd: dir, env: { ...env, PATH, ...added } });
    };
    const run: Run = (words) => start([manager.command[0], [...manager.command.slice(1), ...words], []]);
    guard.prepare(dir);
    for (const step of plan.before) await take(step, dir, run);
    const added = guard.wire(dir);
    rmSync(mark, { force: true });
    const [before, there] = [snapshotOf(guard, dir), findSubject(folder)];
    registry.reset();
    const ended = await start(guard.invoke(manager, plan.command), added);
    const downloads = registry.requestedTarballs().filter((asked) => !isOfGuard(guard, asked));
    const { name, version } = plan.subject ?? subjectOf(variant);
    const found = findSubject(folder);
    return {
      run: ended,
      mark: existsSync(mark) ? readFileSync(mark, 'utf8').trim().split('\n') : [],
      landed: variant === 'bad' ? found.filter((place) => !there.includes(place)) : found,
      downloads,
      subjectDownloads: downloads.filter((asked) => asked === `/${tarballPath(name, version)}`),
      untouched: compareSnapshots(before, snapshotOf(guard, dir)),
    };
  } finally {
    await registry.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function take(step: Step, dir: string, run: Run): Promise<void> {
  if ('run' in step) {
    const { status, stdout, stderr } = await run(step.run);
    if (status !== 0) throw new Error(`pnpm ${step.run.join(' ')}: ${stdout}${stderr}`);
  } else if ('remove' in step) {
    rmSync(path.join(dir, step.remove), { recursive: true });
  } else {
    const file = path.join(dir, step.edit);
    writeFileSync(file, step.change(readFileSync(file, 'utf8')));
  }
}

/** Without where a guard that comes from the registry is put. */
function snapshotOf({ packages }: Place['guard'], dir: string): Snapshot {
  const all = takeSnapshot(dir);
  if (packages === undefined) return all;
  return new Map([...all].filter(([name]) => !/^node_modules(?:$|\/\.pnpm-config)/.test(name)));
}

/** The guard itself may come from the registry. */
function isOfGuard({ packages = () => [] }: Place['guard'], asked: string): boolean {
  return packages().some(({ name }) => asked.startsWith(`/${name}/`));
}

/** The folders below `dir` that hold the subject's code. */
function findSubject(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === SUBJECT_FILE)
    .map((file) => path.dirname(file));
}

import { traceInputs } from '../inputs/trace.js';
import { readProject } from '../lockfile/read-project.js';
import type { Report } from '../model/report.js';
import { type GrowingTree, type Growth, growTree, registryPackages } from '../pnpmfile/growing-tree.js';
import { readSeenLockfile } from '../pnpmfile/seen-lockfile.js';
import { readSeenManifest, type SeenManifest } from '../pnpmfile/seen-manifest.js';
import { packagesDigest } from '../remember/packages-digest.js';
import { type Refusal, refusalFor, refusalOf, remarkOn } from './install-refusal.js';
import type { Io } from './io.js';
import { type Judge, openJudge } from './open-judge.js';
import type { CheckOptions } from './options.js';
import type { VerdictMemory } from './verdict-memory.js';

/** The judging of one pnpm run, as the hooks in its process ask for it. What was refused once stays refused. */
export type PnpmSession = {
  /** Judges lockfile and manifests of the project, once. */
  readonly judgeProject: () => Promise<Refusal | null>;
  /** Judges what this lockfile of pnpm's own making has beyond the project's, once. */
  readonly judgeLockfile: (lockfile: unknown) => Promise<Refusal | null>;
  /** Judges a package that pnpm has resolved and that the lockfile does not hold, once, and the names it asks for. */
  readonly judgePackage: (manifest: unknown) => Promise<Refusal | null>;
  /** The first refusal so far. */
  readonly refused: () => Refusal | null;
};

type Opened = { readonly judge: Judge; readonly growing: GrowingTree; readonly report: Report };

/**
 * @param projectDir where pnpm-lock.yaml lies
 * @param options those of `check`; nothing but warnings is written to `io.stderr`
 */
export function openPnpmSession(
  projectDir: string,
  options: CheckOptions,
  io: Io,
  memory: VerdictMemory,
): PnpmSession {
  let opened: Promise<Opened> | null = null;
  let refusal: Refusal | null = null;
  let waiting: SeenManifest[] = [];
  let batch: Promise<void> | null = null;

  function tell(report: Report): void {
    refusal ??= refusalOf(report);
    if (refusal === null) io.stderr.write(remarkOn(report));
  }
  async function openAndTell(): Promise<Opened> {
    const made = await openProject(projectDir, options, io, memory);
    tell(made.report);
    return made;
  }
  function open(): Promise<Opened> {
    opened ??= openAndTell();
    return opened;
  }
  async function settle(work: () => Promise<unknown>): Promise<Refusal | null> {
    if (refusal !== null) return refusal;
    try {
      await work();
    } catch (thrown) {
      refusal ??= refusalFor(thrown);
    }
    return refusal;
  }
  async function judgeBatch(): Promise<void> {
    const { judge, growing } = await open();
    // All that pnpm has resolved by then is judged in one go.
    await new Promise(setImmediate);
    const manifests = waiting;
    waiting = [];
    batch = null;
    const growth = await growing.add(manifests);
    if (growth === null || refusal !== null) return;
    for (const report of await judgeGrowth(judge, growth, io)) tell(report);
    await judge.flush();
  }

  async function judgeSeen(manifests: readonly SeenManifest[]): Promise<void> {
    waiting.push(...manifests);
    batch ??= judgeBatch();
    await batch;
  }

  return {
    judgeProject: () => settle(open),
    judgeLockfile: (lockfile) => settle(() => judgeSeen(readSeenLockfile(lockfile))),
    judgePackage: (manifest) =>
      settle(async () => {
        const seen = readSeenManifest(manifest);
        return seen?.published == null ? await open() : await judgeSeen([seen]);
      }),
    refused: () => refusal,
  };
}

async function judgeGrowth(
  judge: Judge,
  { tree, resolved, asked }: Growth,
  io: Io,
): Promise<readonly Report[]> {
  const scope = { changes: null, startedMs: io.elapsedMs() };
  const { report } = await judge.judge(tree, { ...scope, only: resolved });
  if (asked.size === 0) return [report];
  const names = await judge.judge(tree, { ...scope, only: asked });
  // A version may be excepted: of what exists, the manifest is judged when it comes.
  const isOpen = names.verdicts.some(({ risk }) => risk === 'not-found' || risk === 'unknown');
  return isOpen ? [report, names.report] : [report];
}

async function openProject(
  projectDir: string,
  options: CheckOptions,
  io: Io,
  memory: VerdictMemory,
): Promise<Opened> {
  const startedMs = io.elapsedMs();
  const { result, trace } = await traceInputs(async () => {
    const [tree, judge] = await Promise.all([
      readProject(projectDir, 'pnpm'),
      openJudge(options, io, { projectDir, manager: 'pnpm' }),
    ]);
    const { report } = await judge.judge(tree, { changes: null, only: null, startedMs });
    return { tree, judge, report };
  });
  const { tree, judge, report } = result;
  await judge.flush();
  await memory.keep(report, trace, packagesDigest(registryPackages(tree)));
  return { judge, growing: growTree(tree), report };
}

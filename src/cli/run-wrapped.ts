import path from 'node:path';
import { cacheDirOf } from '../compose.js';
import { readTree } from '../lockfile/read-tree.js';
import type { ResolvedTree } from '../model/resolved-tree.js';
import type { Verdict } from '../model/verdict.js';
import { requestOptions } from '../registry/load-npm-config.js';
import { npmOptionTable, parseNpmArguments } from '../registry/read-npm-arguments.js';
import { exitStatus } from '../report/build-report.js';
import { sanitize } from '../report/sanitize.js';
import { publishedIntegrity } from '../signals/integrity-mismatch.js';
import { parseSpecs } from '../specs/parse-specs.js';
import type { PublishedIntegrity } from '../wrap/fill-integrity.js';
import { guardNpm, requestedSpecs } from '../wrap/guard-npm.js';
import { npxToExec } from '../wrap/npx-line.js';
import type { Judged, Outcome } from '../wrap/outcome.js';
import { type NpmLine, readNpmLine } from '../wrap/parse-npm-line.js';
import type { Io } from './io.js';
import { judgeAndReport } from './judge-and-report.js';
import type { ProgramEnding } from './main.js';
import type { NpmStart } from './npm-start.js';
import { openRegistries } from './open-registries.js';
import type { CheckOptions } from './options.js';
import { renderReport, writeResult } from './write-result.js';

/**
 * `npm …` and `npx …`: the guarded form of that command line. All of our output goes to stderr or `--output`, so that
 * stdout is npm's own.
 */
export async function runWrapped(
  program: 'npm' | 'npx',
  given: readonly string[],
  { run, ready }: NpmStart,
  options: CheckOptions,
  io: Io,
): Promise<ProgramEnding> {
  const argv = program === 'npm' ? given : npxToExec(given, await npmOptionTable());
  const line = await readLine(argv, io);
  const judging = judgingOptions(options, line);
  const cacheDir = cacheDirOf(options, io);
  // For global packages npm reads no file of the project.
  const projectDir = line.isGlobal ? cacheDir : line.localPrefix;
  const judge = async (tree: ResolvedTree, isPreview: boolean): Promise<Judged> => {
    const context = { projectDir, manager: 'npm', fillsIntegrity: true } as const;
    const { report, verdicts } = await judgeAndReport(tree, judging, io, context);
    const status = exitStatus(report);
    if (!isPreview || status !== 0)
      await writeResult(
        await renderReport(report, judging, toStderr(io), isTyped(tree) ? null : projectDir),
        judging.output,
        toStderr(io),
      );
    return { status, published: publishedIntegrities(verdicts) };
  };
  const specs = requestedSpecs({ line });
  if (specs.length > 0) {
    const { status } = await judge(parseSpecs(specs, io.cwd), true);
    if (status !== 0) return tellEnd({ kind: 'refused', status }, io);
  }
  const registries = openRegistries(judging, io, projectDir);
  try {
    const outcome = await guardNpm({
      line,
      argv,
      run,
      ready,
      cacheDir,
      judge: async (target, { isPreview } = { isPreview: false }) => {
        const judged = await judge(await readTree(target), isPreview);
        if (isPreview && judged.status !== 0) io.stderr.write(UNSEEN);
        return judged;
      },
      documents: registries.documents,
      mayDownload: registries.mayDownload,
    });
    return tellEnd(outcome, io);
  } finally {
    await registries.close();
  }
}

/** Names of the command line stand in no file, and no project asks for them yet. */
export function isTyped({ format }: ResolvedTree): boolean {
  return format === 'specs';
}

const UNSEEN =
  'phantom-guard-install: packages of git repositories and URLs are judged before they are downloaded, as if they ran scripts; what package.json itself asks for is meant\n';
const UNTOUCHED = 'phantom-guard-install: nothing was installed, and the project is as it was\n';

/** By the location in the lockfile, which is the id of an npm entry. */
function publishedIntegrities(verdicts: readonly Verdict[]): PublishedIntegrity {
  return new Map(
    verdicts.flatMap(({ subject }): [string, string][] => {
      const published = subject.entry.integrity === null ? publishedIntegrity(subject) : null;
      return published === null ? [] : [[subject.entry.id, published]];
    }),
  );
}

async function readLine(argv: readonly string[], io: Io): Promise<NpmLine> {
  const parsed = await parseNpmArguments(argv, io.cwd, io.env);
  const { remain, localPrefix, get, isGiven, isSet } = parsed;
  const given = (key: string): string | null => (isGiven(key) ? String(get(key)) : null);
  const packages = get('package');
  const call = get('call');
  const workspaces = get('workspace');
  const isOfWorkspaces = get('workspaces') === true || (Array.isArray(workspaces) && workspaces.length > 0);
  return readNpmLine({
    remain,
    localPrefix,
    globalBin: path.join(parsed.globalPrefix, 'bin'),
    updatesWorkspaces: isOfWorkspaces && get('workspaces-update') !== false,
    isGlobal: get('global') === true || get('location') === 'global',
    isDryRun: get('dry-run') === true,
    savesLockfile: get('package-lock') !== false && !(isSet('save') && get('save') === false),
    registry: given('registry'),
    npmOptions: requestOptions(parsed.given),
    isPrefixGiven: isGiven('prefix'),
    offline: get('offline') === true,
    packages: Array.isArray(packages) ? packages.map(String) : [],
    call: typeof call === 'string' && call !== '' ? call : null,
  });
}

/** The options of npm that decide where it looks decide where we look. */
function judgingOptions(options: CheckOptions, line: NpmLine): CheckOptions {
  return {
    ...options,
    registry: line.registry ?? options.registry,
    npmOptions: line.npmOptions,
    offline: options.offline || line.offline,
  };
}

export function toStderr(io: Io): Io {
  const { isTTY = false, columns } = io.stderr;
  return {
    ...io,
    stdout: { isTTY, ...(columns === undefined ? {} : { columns }), write: (text) => io.stderr.write(text) },
  };
}

export function tellEnd(outcome: Outcome, io: Io): ProgramEnding {
  switch (outcome.kind) {
    case 'refused':
      io.stderr.write(UNTOUCHED);
      return { status: outcome.status, signal: null };
    case 'unpinned':
      for (const location of outcome.locations)
        io.stderr.write(
          `phantom-guard-install: ${sanitize(location)} has no integrity, in the lockfile or on the registry\n`,
        );
      io.stderr.write(UNTOUCHED);
      return { status: 1, signal: null };
    case 'not-resolved':
      io.stderr.write(
        `phantom-guard-install: no lockfile was written for ${sanitize(outcome.root)}, so nobody knows what it would install (LOCKFILE_UNREADABLE)\n${UNTOUCHED}`,
      );
      return { status: 2, signal: null };
    case 'no-program':
      io.stderr.write(
        `phantom-guard-install: ${sanitize(outcome.name)} has no program of its name, and not just one\n`,
      );
      return { status: 1, signal: null };
    case 'unresolved':
      io.stderr.write(outcome.said.stderr);
      return outcome.said;
    case 'differs':
      for (const { location, problem } of outcome.differences)
        io.stderr.write(
          `phantom-guard-install: ${sanitize(location)} ${sanitize(problem)}; it was removed\n`,
        );
      return { status: 1, signal: null };
    case 'ended':
      return outcome.ending;
  }
}

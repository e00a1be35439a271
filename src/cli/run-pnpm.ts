import path from 'node:path';
import { cacheDirOf } from '../compose.js';
import { readProject } from '../lockfile/read-project.js';
import type { ResolvedTree } from '../model/resolved-tree.js';
import type { NpmCommandLine } from '../registry/load-npm-config.js';
import { exitStatus } from '../report/build-report.js';
import { parseSpecs } from '../specs/parse-specs.js';
import type { JudgedVersion } from '../wrap/judged-document.js';
import type { JudgedVersions } from '../wrap/judged-registry.js';
import type { Outcome } from '../wrap/outcome.js';
import { findProgram } from '../wrap/real-npm.js';
import type { Said } from '../wrap/spawn-npm.js';
import { guardPnpm, requestedPnpmSpecs } from '../wrap-pnpm/guard-pnpm.js';
import { type PnpmLine, readPnpmLine } from '../wrap-pnpm/pnpm-line.js';
import { type PnpmSettings, readPnpmSettings } from '../wrap-pnpm/pnpm-settings.js';
import { pnpmRoot } from '../wrap-pnpm/project-root.js';
import type { Io } from './io.js';
import { judgeAndReport } from './judge-and-report.js';
import type { ProgramEnding } from './main.js';
import { withoutOurs } from './npm-start.js';
import { openRegistries } from './open-registries.js';
import type { CheckOptions } from './options.js';
import { isTyped, tellEnd, toStderr } from './run-wrapped.js';
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
  const settings = await settingsFor(line, run, root);
  if ('stderr' in settings) return tellEnd(unresolved(settings), io);
  const isGlobal = line.isGlobal ?? settings.isGlobal;
  const cacheDir = cacheDirOf(options, io);
  const judging = judgingOptions(options, line, settings);
  // For global packages pnpm reads no file of the project.
  const projectDir = isGlobal ? cacheDir : root;
  const judge = async (tree: ResolvedTree, isPreview: boolean): Promise<0 | 1 | 2> => {
    const { report } = await judgeAndReport(tree, judging, io, { projectDir, manager: 'pnpm' });
    const status = exitStatus(report);
    if (!isPreview || status !== 0)
      await writeResult(
        await renderReport(report, judging, toStderr(io), isTyped(tree) ? null : projectDir),
        judging.output,
        toStderr(io),
      );
    return status;
  };
  const specs = requestedPnpmSpecs({ line });
  if (specs.length > 0) {
    const status = await judge(parseSpecs(specs, dir), true);
    if (status !== 0) return tellEnd({ kind: 'refused', status }, io);
  }
  const registries = openRegistries(judging, io, projectDir);
  try {
    const outcome = await guardPnpm({
      line,
      argv,
      run,
      userDir: io.cwd,
      root,
      cacheDir,
      judge: async (target) => {
        const tree = await readProject(target, 'pnpm');
        return { status: await judge(tree, false), versions: pinnedVersions(tree) };
      },
      documents: registries.documents,
      isGlobal,
      registryWords: registryWords(settings),
    });
    return tellEnd(outcome, io);
  } finally {
    await registries.close();
  }
}

const NO_SETTINGS: PnpmSettings = { registry: null, scopeRegistries: {}, isGlobal: false };

/** What installs nothing is not worth the question. */
async function settingsFor(
  line: PnpmLine,
  run: Parameters<typeof readPnpmSettings>[0]['run'],
  root: string,
): Promise<PnpmSettings | Said> {
  if (line.effect === 'none' || line.effect === 'script') return NO_SETTINGS;
  return await readPnpmSettings({ run, line, root: line.isGlobal === true ? null : root });
}

/** The registries of pnpm decide where we look; what our own command line says comes before its settings. */
function judgingOptions(options: CheckOptions, line: PnpmLine, settings: PnpmSettings): CheckOptions {
  const { registry, scopeRegistries } = settings;
  const scopes = Object.entries(scopeRegistries).map(([scope, url]) => [`${scope}:registry`, url]);
  return {
    ...options,
    registry: line.registry ?? options.registry ?? registry,
    npmOptions: Object.fromEntries(scopes) as NpmCommandLine,
  };
}

function registryWords({ registry, scopeRegistries }: PnpmSettings): readonly string[] {
  const scopes = Object.entries(scopeRegistries).map(([scope, url]) => `--config.${scope}:registry=${url}`);
  return [...(registry === null ? [] : [`--config.registry=${registry}`]), ...scopes];
}

function unresolved(said: Said): Outcome {
  return { kind: 'unresolved', said: { ...said, stderr: `${said.stdout}${said.stderr}` } };
}

function pinnedVersions({ entries }: ResolvedTree): JudgedVersions {
  const versions = new Map<string, JudgedVersion[]>();
  for (const { name, version, resolved, integrity, source } of entries) {
    if (source !== 'registry' || version === null || integrity === null) continue;
    const url = resolved?.startsWith('http') === true ? resolved : null;
    versions.set(name, [...(versions.get(name) ?? []), { version, resolved: url, integrity }]);
  }
  return versions;
}

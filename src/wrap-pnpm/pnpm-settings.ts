import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { GuardError } from '../errors.js';
import { unreadableManifest } from '../lockfile/manifest.js';
import { parseYaml } from '../lockfile/pnpm/parse-yaml.js';
import { recordAt } from '../lockfile/shape.js';
import { readIfThere } from '../wrap/project-files.js';
import { askNpm, type NpmRun, type Said } from '../wrap/spawn-npm.js';
import { makeStagingPlace } from '../wrap/staging-place.js';
import { isScopeRegistry, notYet, type PnpmLine } from './pnpm-line.js';

/** What decides where this pnpm looks and installs, by its own reading of all that configures it. */
export type PnpmSettings = {
  readonly registry: string | null;
  /** URLs by scope, `@` included. */
  readonly scopeRegistries: Readonly<Record<string, string>>;
  /** `add` and the like work on global packages where the command line doesn't say so. */
  readonly isGlobal: boolean;
};

type Place = {
  readonly run: Omit<NpmRun, 'args'>;
  readonly line: PnpmLine;
  /** `null` = pnpm reads no file of a project for this command. */
  readonly root: string | null;
};

const SETTINGS = 'pnpm-workspace.yaml';
/** The keys of pnpm-workspace.yaml that count here. Others make pnpm load code before it answers. */
const KEYS = ['registry', 'registries', 'global', 'lockfile', 'lockfileDir', 'gitBranchLockfile'];
/** Settings with which pnpm reads and writes other lockfiles than those that are judged. */
const ELSEWHERE: Readonly<Record<string, (value: unknown) => boolean>> = {
  lockfile: (value) => value === false,
  'lockfile-dir': (value) => typeof value === 'string',
  'git-branch-lockfile': (value) => value === true,
};

/**
 * Asks pnpm for its settings. It is asked in a folder of ours with a copy of the project's settings, since in the project
 * it would install `configDependencies` first. What it said where it can't tell.
 *
 * @throws GuardError NOT_YET, MANIFEST_UNREADABLE
 */
export async function readPnpmSettings({ run, line, root }: Place): Promise<PnpmSettings | Said> {
  const place = await makeStagingPlace();
  try {
    const cwd = root === null ? place : path.join(place, path.relative(root, run.cwd));
    await mkdir(cwd, { recursive: true });
    await writeFile(path.join(cwd, 'package.json'), '{}\n');
    if (root !== null) await copySettings(root, place, run.cwd, cwd);
    const said = await askNpm({ ...run, cwd, args: [...registryWords(line), 'config', 'list', '--json'] });
    return said.status === 0 && said.signal === null ? settingsOf(said) : said;
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

async function copySettings(root: string, place: string, from: string, to: string): Promise<void> {
  for (const [source, target] of new Map([
    [root, place],
    [from, to],
  ])) {
    const npmrc = await readIfThere(path.join(source, '.npmrc'));
    if (npmrc !== null) await writeFile(path.join(target, '.npmrc'), npmrc, { mode: 0o600 });
  }
  const bytes = await readIfThere(path.join(root, SETTINGS));
  if (bytes === null) return;
  const fail = unreadableManifest(SETTINGS);
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const [document] = await parseYaml({ text, file: SETTINGS }, fail);
  const settings = recordAt(document, 'the document', fail);
  const kept = KEYS.flatMap((key) => (settings[key] === undefined ? [] : [[key, settings[key]]]));
  await writeFile(
    path.join(place, SETTINGS),
    `${JSON.stringify({ packages: ['**'], ...Object.fromEntries(kept) })}\n`,
  );
}

/** As every version takes them, before every command. */
function registryWords({ words }: PnpmLine): readonly string[] {
  return words.flatMap(({ kind, name, value }) =>
    kind === 'option' && value !== null && (name === 'registry' || isScopeRegistry(name))
      ? [`--config.${name}=${value}`]
      : [],
  );
}

function settingsOf({ stdout }: Said): PnpmSettings {
  const all = parse(stdout);
  for (const [name, isElsewhere] of Object.entries(ELSEWHERE)) {
    const value = all[name] ?? all[camel(name)];
    if (isElsewhere(value)) throw notYet(`pnpm with the setting ${name}=${String(value)}`);
  }
  const scopes = Object.entries(all).flatMap(([key, value]): [string, string][] =>
    isScopeRegistry(key) ? [[key.slice(0, -':registry'.length), String(value)]] : [],
  );
  const registry = all['registry'];
  return {
    registry: typeof registry === 'string' ? registry : null,
    scopeRegistries: Object.fromEntries(scopes),
    // Up to 10 pnpm lists it and does not obey; its names have dashes there.
    isGlobal: all['global'] === true && all['userAgent'] !== undefined,
  };
}

function parse(stdout: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(stdout.slice(stdout.indexOf('{'))) as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw new GuardError(
      'REGISTRY_CONFIG_INVALID',
      'pnpm does not say which registries it uses',
      'Run "pnpm config list --json" to see what it makes of its configuration.',
      cause,
    );
  }
}

function camel(name: string): string {
  return name.replace(/-[a-z]/g, (dashed) => dashed.slice(1).toUpperCase());
}

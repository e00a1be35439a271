import { readdir, realpath, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type JudgedVersions, serveJudged } from '../wrap/judged-registry.js';
import type { Outcome } from '../wrap/outcome.js';
import { readIfThere } from '../wrap/project-files.js';
import { askNpm, becomeNpm, type Said } from '../wrap/spawn-npm.js';
import { makeStagingPlace } from '../wrap/staging-place.js';
import { stagedArguments } from './pnpm-arguments.js';
import type { PnpmRequest } from './pnpm-request.js';

const [MANIFEST, LOCKFILE] = ['package.json', 'pnpm-lock.yaml'];
type Resolved =
  | { readonly kind: 'resolved'; readonly versions: JudgedVersions }
  | { readonly kind: 'failed'; readonly outcome: Outcome };

/**
 * `-g` of install, add, update and remove: what they would resolve is resolved in copies and judged. pnpm resolves again,
 * so it is given a registry that knows the judged versions, with the integrities that were judged, and no other.
 */
export async function guardPnpmGlobal(request: PnpmRequest): Promise<Outcome> {
  const { line } = request;
  // What goes needs no verdict; nothing else is to be had meanwhile.
  if (line.effect === 'remove') return await installJudged(new Map(), request);
  const groups = await globalGroups(request);
  if ('stderr' in groups) return unresolved(groups);
  const isAdded = line.operands.length > 0 && line.effect !== 'update';
  // Up to pnpm 10 all global packages are one project; later each command that adds makes one of its own.
  const changed = isAdded
    ? [groups.find(({ isShared }) => isShared)?.folder ?? null]
    : groups.map(({ folder }) => folder);
  const versions: JudgedVersions[] = [];
  for (const folder of changed) {
    const resolved = await resolveGroup(folder, request);
    if (resolved.kind === 'failed') return resolved.outcome;
    versions.push(resolved.versions);
  }
  return await installJudged(merged(versions), request);
}

type Group = { readonly folder: string; readonly isShared: boolean };

/** The projects in which pnpm keeps global packages; what it said where it can't tell. */
async function globalGroups({ run, line }: PnpmRequest): Promise<readonly Group[] | Said> {
  const options = line.words.filter(({ name }) => name === 'global-dir').flatMap(({ given }) => given);
  const said = await askNpm({ ...run, args: ['root', '-g', ...options] });
  if (said.status !== 0 || said.signal !== null) return said;
  const given = said.stdout.trim();
  const top = path.basename(given) === 'node_modules' ? path.dirname(given) : given;
  if (await isProject(top)) return [{ folder: top, isShared: true }];
  const entries = await readdir(top, { withFileTypes: true }).catch(() => []);
  // Links lead to what is installed; a folder that none leads to is what a failed command left.
  const links = entries.filter((entry) => entry.isSymbolicLink()).map(({ name }) => path.join(top, name));
  const folders = new Set(await Promise.all(links.map((link) => realpath(link).catch(() => link))));
  const groups: Group[] = [];
  for (const folder of folders) if (await isProject(folder)) groups.push({ folder, isShared: false });
  return groups;
}

async function isProject(folder: string): Promise<boolean> {
  return (await readIfThere(path.join(folder, MANIFEST))) !== null;
}

/** @param group the global project that the command changes; `null` = it makes a new one */
async function resolveGroup(group: string | null, request: PnpmRequest): Promise<Resolved> {
  const place = await makeStagingPlace();
  try {
    for (const name of [MANIFEST, LOCKFILE]) {
      const bytes = group === null ? null : await readIfThere(path.join(group, name));
      if (bytes !== null) await writeFile(path.join(place, name), bytes);
    }
    if (group === null) await writeFile(path.join(place, MANIFEST), '{ "private": true }\n');
    const { line, run } = request;
    // Where settings say it, they are of no concern to the copy.
    const args = [...stagedArguments(line), ...(line.isGlobal === null ? ['--config.global=false'] : [])];
    const said = await askNpm({ ...run, cwd: place, args });
    if (said.status !== 0 || said.signal !== null) return { kind: 'failed', outcome: unresolved(said) };
    if ((await readIfThere(path.join(place, LOCKFILE))) === null)
      return { kind: 'failed', outcome: { kind: 'not-resolved', root: place } };
    const { status, versions } = await request.judge(place);
    if (status !== 0) return { kind: 'failed', outcome: { kind: 'refused', status } };
    return { kind: 'resolved', versions };
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

async function installJudged(versions: JudgedVersions, request: PnpmRequest): Promise<Outcome> {
  const registry = await serveJudged(versions, request.documents);
  const cache = await makeStagingPlace();
  try {
    const scopes = await request.documents.scopes();
    const options = [
      `--config.registry=${registry.url}`,
      ...scopes.map((scope) => `--config.${scope}:registry=${registry.url}`),
      // The next run has another port.
      `--config.cache-dir=${cache}`,
    ];
    const ending = await becomeNpm({ ...request.run, args: [...options, ...withoutRegistries(request)] });
    return { kind: 'ended', ending };
  } finally {
    await registry.close();
    await rm(cache, { recursive: true, force: true });
  }
}

/** Of two that say it pnpm takes the last. */
function withoutRegistries({ line }: PnpmRequest): readonly string[] {
  return line.words
    .filter(
      ({ kind, name }) =>
        kind === 'word' || !(name === 'registry' || name.startsWith('@') || name === 'cache-dir'),
    )
    .flatMap(({ given }) => given);
}

function merged(all: readonly JudgedVersions[]): JudgedVersions {
  const names = new Set(all.flatMap((one) => [...one.keys()]));
  return new Map([...names].map((name) => [name, all.flatMap((one) => one.get(name) ?? [])]));
}

function unresolved(said: Said): Outcome {
  return { kind: 'unresolved', said: { ...said, stderr: `${said.stdout}${said.stderr}` } };
}

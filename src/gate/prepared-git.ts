import { join } from 'node:path';
import type { Result } from 'npm-package-arg';
import { readManifest } from '../lockfile/read-manifest.js';
import { readMembers } from '../lockfile/read-workspaces.js';
import { type NpmProcess, parentOf, startedWith, wordsOf } from './npm-process.js';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * npm installs a git dependency that has scripts in a folder of its cache before it unpacks anything, by another npm
 * whose project that dependency is. Returns its URL where neither a package.json of the user's project nor npm's command
 * line asks for it; `null` where one does, and in every other npm. pacote names what it prepares in this variable, the
 * outermost first; a package can't unset it.
 */
export async function strangerPrepared(env: Env, npm: NpmProcess): Promise<string | null> {
  const urls = (env['_PACOTE_NO_PREPARE_'] ?? '').split('\n').filter(Boolean);
  const url = urls.at(-1);
  if (url === undefined) return null;
  return urls.length === 1 && (await isAskedFor(url, npm)) ? null : url;
}

async function isAskedFor(url: string, npm: NpmProcess): Promise<boolean> {
  const outer = parentOf(npm.pid);
  const root = startedWith(npm.pid, 'npm_config_local_prefix');
  const typed = outer === null ? [] : wordsOf(outer);
  const written = root === null ? [] : await writtenIn(root);
  const { default: parse } = await import('npm-package-arg');
  const wanted = placeOf(url, parse);
  return wanted !== null && [...typed, ...written].some((spec) => placeOf(spec, parse) === wanted);
}

/** `NAME@SPEC` of every dependency line of the project and its workspaces. */
async function writtenIn(root: string): Promise<readonly string[]> {
  const manifest = await readManifest(join(root, 'package.json'));
  if (manifest === null) return [];
  const { members } = await readMembers(root, manifest.workspaces, []);
  return [manifest, ...members.map((member) => member.manifest)].flatMap(({ requests }) =>
    requests.map(({ key, spec }) => `${key}@${spec}`),
  );
}

/** Host and path of a git repository, however it is written; `null` for every other spec. */
function placeOf(spec: string, parse: (spec: string) => Result): string | null {
  try {
    const { type, hosted, fetchSpec } = parse(spec);
    if (type !== 'git') return null;
    if (hosted) return `${hosted.domain}/${hosted.user}/${hosted.project}`.toLowerCase();
    const { host, pathname } = new URL(String(fetchSpec));
    return `${host}${pathname.replace(/(?:\.git)?\/*$/, '')}`;
  } catch {
    return null;
  }
}

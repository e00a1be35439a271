import { type JudgedVersion, judgedDocument } from './judged-document.js';
import { lockedPackages } from './landed.js';
import type { Locked } from './lock-entries.js';
import { type Loopback, type Served, serveLoopback } from './loopback.js';
import type { PackageDocuments } from './outcome.js';

/** Versions that were judged, by name. */
export type JudgedVersions = ReadonlyMap<string, readonly JudgedVersion[]>;

/**
 * A registry on loopback that knows these versions and no other, for commands that read no lockfile: what is resolved
 * there can only be what was judged. Tarballs come from where they always come from.
 */
export async function serveJudged(judged: JudgedVersions, documents: PackageDocuments): Promise<Loopback> {
  return await serveLoopback(async (name): Promise<Served> => {
    const versions = judged.get(name);
    if (versions === undefined) return { status: 404, body: '{}' };
    const document = await documents.fetch(name);
    if (document === null || document === 'missing') return { status: 503, body: '{}' };
    return { status: 200, body: JSON.stringify(judgedDocument(document, versions)) };
  });
}

/** The options with which npm asks that registry, and no other, also for scopes that have their own. */
export async function registryOptions(
  { url }: Loopback,
  { scopes }: PackageDocuments,
): Promise<readonly string[]> {
  return [
    `--registry=${url}`,
    ...(await scopes()).map((scope) => `--${scope}:registry=${url}`),
    '--replace-registry-host=never',
  ];
}

/** What package-lock.json pins by URL and integrity. */
export function lockedVersions(lockfiles: readonly Buffer[]): JudgedVersions {
  const judged = new Map<string, JudgedVersion[]>();
  for (const [location, one] of lockfiles.flatMap((lockfile) => [...lockedPackages(lockfile)])) {
    const { version, resolved, integrity } = one;
    if (version === undefined || resolved === undefined || integrity === undefined) continue;
    const name = nameOf(location, one);
    judged.set(name, [...(judged.get(name) ?? []), { version, resolved, integrity }]);
  }
  return judged;
}

function nameOf(location: string, { name }: Locked): string {
  return name ?? location.slice(location.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

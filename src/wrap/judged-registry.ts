import { type JudgedVersion, judgedDocument } from './judged-document.js';
import { lockedPackages } from './landed.js';
import type { Locked } from './lock-entries.js';
import { type Loopback, type Served, serveLoopback } from './loopback.js';
import type { PackageDocuments } from './outcome.js';

/** Versions that were judged, by name. */
type Judged = ReadonlyMap<string, readonly JudgedVersion[]>;

/**
 * A registry on loopback that knows the packages of these lockfiles and no other, for commands of npm that read no
 * lockfile: what npm resolves there can only be what was judged. Tarballs come from where they always come from.
 */
export async function serveJudged(
  lockfiles: readonly Buffer[],
  documents: PackageDocuments,
): Promise<Loopback> {
  const judged = judgedVersions(lockfiles);
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

function judgedVersions(lockfiles: readonly Buffer[]): Judged {
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

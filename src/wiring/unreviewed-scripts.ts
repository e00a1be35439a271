import semver from 'semver';
import type { ResolvedTree, TreeEntry } from '../model/resolved-tree.js';
import { parseTarballUrl } from '../model/tarball-url.js';

/** What package.json says about scripts of dependencies: spec to allowed or denied. */
export type ScriptPolicy = Readonly<Record<string, unknown>>;

/**
 * The packages on which `strict-allow-scripts` would end an install: they have scripts, or may have, and `allowScripts`
 * says nothing of them; `null` where the tree does not tell. What npm leaves out on this machine counts too, since the
 * project is installed on others. As npm 11.16 and later match it (@npmcli/arborist, lib/script-allowed.js).
 */
export function unreviewedScripts(tree: ResolvedTree, policy: ScriptPolicy): readonly string[] | null {
  const isLockfile = tree.format === 'package-lock' || tree.format === 'npm-shrinkwrap';
  if (!isLockfile || tree.lockfileVersion === null || tree.lockfileVersion === '1') return null;
  const pending = tree.entries.filter((entry) => mayHaveScripts(entry) && !isReviewed(entry, policy));
  return [
    ...new Set(pending.map(({ name, version }) => (version === null ? name : `${name}@${version}`))),
  ].toSorted();
}

/** Whether `prepare` of what comes from elsewhere would run is not in the lockfile. */
function mayHaveScripts({ source, hasInstallScript, presence }: TreeEntry): boolean {
  if (presence !== 'installed' || source === 'workspace' || source === 'bundled') return false;
  return source === 'git' || source === 'remote' || source === 'file' || hasInstallScript === true;
}

/** Only packages of a registry, by the name and version in the URL of their tarball; npm believes nothing else. */
function isReviewed({ source, resolved, name, version }: TreeEntry, policy: ScriptPolicy): boolean {
  if (source !== 'registry') return false;
  const url = resolved === null ? null : parseTarballUrl(resolved);
  if (url?.name != null && (url.name !== name || url.version !== version)) return false;
  return Object.entries(policy).some(
    ([key, verdict]) => typeof verdict === 'boolean' && covers(key, name, url === null ? null : version),
  );
}

/** `name`, `name@*`, or exact versions joined by `||`; npm ignores ranges and tags. */
function covers(key: string, name: string, version: string | null): boolean {
  const at = key.indexOf('@', 1);
  if ((at < 0 ? key : key.slice(0, at)) !== name) return false;
  const range = at < 0 ? '*' : key.slice(at + 1).trim();
  if (range === '*' || range === '') return true;
  const wanted = version === null ? null : semver.valid(version, true);
  const versions = range.split('||').map((one) => semver.valid(one.trim(), true));
  return wanted !== null && versions.every((one) => one !== null) && versions.includes(wanted);
}

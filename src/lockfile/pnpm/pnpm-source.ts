import type { SourceKind } from '../../model/resolved-tree.js';
import { type Fail, stringAt, type UnknownRecord } from '../shape.js';
import { isGitTarball } from '../tarball-url.js';

export type PnpmResolution = {
  readonly source: SourceKind;
  readonly resolved: string | null;
  readonly integrity: string | null;
};

/** `https:`, and the name of one of `namedRegistries`. */
const PROTOCOL = /^[a-z][a-z\d+.-]*:/i;
/** A version as the registry has it; other references are URLs or paths. */
const VERSION = /^\d+\.\d+\.\d+(?:[-+].*)?$/;

/**
 * Where the bytes of a package come from.
 *
 * @param reference what its dependency path has after the name
 * @param path its dependency path, for errors
 */
export function parseResolution(
  resolution: UnknownRecord,
  reference: string,
  path: string,
  fail: Fail,
): PnpmResolution {
  const field = (name: string): string | null => stringAt(resolution[name], name, `packages.${path}`, fail);
  const type = field('type');
  const integrity = field('integrity');
  if (type === 'git' || field('repo') !== null) return { source: 'git', resolved: gitUrl(field), integrity };
  if (type === 'directory' || field('directory') !== null) {
    return { source: 'file', resolved: field('directory'), integrity };
  }
  if (type !== null) return { source: 'remote', resolved: field('url'), integrity };
  const tarball = field('tarball');
  return {
    source: tarballSource(tarball, reference, resolution['gitHosted'] === true),
    resolved: tarball,
    integrity,
  };
}

function gitUrl(field: (name: string) => string | null): string | null {
  const repo = field('repo');
  const commit = field('commit');
  return repo === null || commit === null ? repo : `${repo}#${commit}`;
}

function tarballSource(tarball: string | null, reference: string, gitHosted: boolean): SourceKind {
  if (gitHosted && tarball !== null) return 'git';
  if (tarball !== null && /^file:/i.test(tarball)) return 'file';
  if (VERSION.test(reference)) return 'registry';
  const from = tarball ?? reference;
  if (/^(?:git[+:@]|github:|gitlab:|bitbucket:)/i.test(from) || isGitTarball(from)) return 'git';
  if (/^file:/i.test(from)) return 'file';
  if (/^link:/i.test(from)) return 'link';
  // Without a URL pnpm makes one from the name and the registry.
  return tarball === null && !PROTOCOL.test(reference) ? 'registry' : 'remote';
}

import type { SourceKind } from '../../model/resolved-tree.js';
import { isGitTarball, isRegistryTarball } from '../tarball-url.js';
import type { AskedFrom } from './npm-graph.js';
import type { NpmPackage } from './npm-package.js';

/** Where the bytes of an installed package come from, by what asks for it and else by the form of its URL. */
export function npmSource(raw: NpmPackage, asked: AskedFrom, bundled: boolean): SourceKind {
  if (raw.link) return 'link';
  if (bundled) return 'bundled';
  const { resolved } = raw;
  if (resolved === null) return 'registry';
  if (/^(?:git[+:@]|git@|github:|gitlab:|bitbucket:|gist:)/i.test(resolved)) return 'git';
  if (!/^https?:/i.test(resolved)) return 'file';
  if (asked === 'registry') return 'registry';
  if (isGitTarball(resolved)) return 'git';
  return asked !== 'url' && isRegistryTarball(resolved) ? 'registry' : 'remote';
}

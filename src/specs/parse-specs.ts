import npa from 'npm-package-arg';
import { GuardError } from '../errors.js';
import { parsePackageName } from '../model/package-name.js';
import {
  type ResolvedTree,
  type SourceKind,
  type TreeEntry,
  UNKNOWN_ENTRY,
  type Unchecked,
} from '../model/resolved-tree.js';
import { withoutSecrets } from '../model/secrets.js';
import { parseTarballUrl } from '../model/tarball-url.js';
import { specsTree } from './specs-tree.js';

/**
 * Reads specs as a user types them after `npm install` (`left-pad`, `@scope/x@^2`, `y@npm:z@1`) as a tree of direct
 * dependencies of the root. A URL that is a registry's tarball of some name stands for that name too.
 * @throws GuardError `SPEC_INVALID` for a spec that npm itself could not install.
 */
export function parseSpecs(specs: readonly string[], cwd: string): ResolvedTree {
  const entries = [...new Set(specs)].flatMap((spec) => withNameInUrl(parseSpec(spec, cwd)));
  return specsTree(entries, entries.filter(({ source }) => source !== 'registry').map(notFromRegistry));
}

function parseSpec(spec: string, cwd: string): TreeEntry {
  const parsed = parseWithNpm(spec, cwd);
  // `npm:x` has no name of its own.
  const alias = parsed.type === 'alias' ? (parsed.name ?? null) : null;
  const target = parsed.type === 'alias' ? (parsed as npa.AliasResult).subSpec : parsed;
  const source = sourceOf(target.type);
  const name = target.name ?? withoutSecrets(target.fetchSpec ?? spec);
  const registryName = source === 'registry' ? parsePackageName(name) : null;
  if (source === 'registry' && registryName === null) throw invalid(spec);
  return {
    ...UNKNOWN_ENTRY,
    id: `spec:${withoutSecrets(spec)}`,
    name,
    registryName,
    alias,
    version: target.type === 'version' ? target.fetchSpec : null,
    spec: target.rawSpec === '*' ? null : target.rawSpec,
    source,
    resolved: source === 'registry' ? null : target.fetchSpec,
    direct: true,
    presence: 'declared',
  };
}

function withNameInUrl(entry: TreeEntry): readonly TreeEntry[] {
  const url = entry.source === 'remote' && entry.resolved !== null ? parseTarballUrl(entry.resolved) : null;
  const registryName = url?.name == null ? null : parsePackageName(url.name);
  if (url === null || registryName === null) return [entry];
  const id = `${entry.id} (${registryName})`;
  const { version } = url;
  const named: TreeEntry = { ...entry, id, name: registryName, registryName, alias: null, version };
  return [entry, { ...named, spec: null, source: 'registry', resolved: null }];
}

function parseWithNpm(spec: string, cwd: string): npa.Result {
  try {
    return npa(spec, cwd);
  } catch (cause) {
    throw invalid(spec, cause);
  }
}

function sourceOf(type: npa.Result['type']): SourceKind {
  switch (type) {
    case 'version':
    case 'range':
    case 'tag':
    case 'alias':
      return 'registry';
    case 'git':
      return 'git';
    case 'remote':
      return 'remote';
    case 'file':
      return 'file';
    case 'directory':
      return 'link';
  }
}

function notFromRegistry({ id, source }: TreeEntry): Unchecked {
  return { id, reason: `${source} source: no registry knows it, and its contents are not judged` };
}

function invalid(spec: string, cause?: unknown): GuardError {
  return new GuardError(
    'SPEC_INVALID',
    `"${withoutSecrets(spec)}" is no package spec that npm could install`,
    'write NAME, NAME@RANGE, @SCOPE/NAME@RANGE or ALIAS@npm:NAME@RANGE',
    cause,
  );
}

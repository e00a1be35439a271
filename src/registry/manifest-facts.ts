import { asRecord, type JsonRecord, own, ownRecord } from './json-record.js';

/**
 * The members that a manifest in npm's abbreviated metadata (application/vnd.npm.install-v1+json) can have:
 * https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md, and what pacote reads.
 */
const ABBREVIATED = new Set([
  'name',
  'version',
  'deprecated',
  'dependencies',
  'optionalDependencies',
  'devDependencies',
  'bundleDependencies',
  'bundledDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'acceptDependencies',
  'bin',
  'directories',
  'dist',
  'engines',
  'cpu',
  'os',
  'libc',
  'funding',
  '_hasShrinkwrap',
  'hasInstallScript',
]);
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall'];
/** Longer texts are cut: facts are kept by the thousand. */
const MAX_TEXT = 500;

/** A text that a document has, lacks by its own statement, or does not speak of. */
type Said = { readonly kind: 'text' | 'missing' | 'unknown'; readonly text: string };

const MISSING: Said = { kind: 'missing', text: '' };
const UNKNOWN: Said = { kind: 'unknown', text: '' };

/** What the document and its latest manifest say about the package itself. */
export type ManifestFacts = {
  readonly maintainerCount: number | null;
  readonly hasRepository: boolean | null;
  readonly repositoryUrl: string | null;
  readonly descriptionLength: number | null;
  readonly hasInstallScript: boolean | null;
  readonly deprecated: string | null;
};

/** `latest` is the manifest of the latest version, `null` when there is none. */
export function readManifestFacts(document: JsonRecord, latest: JsonRecord | null): ManifestFacts {
  const description = firstText(document, latest, 'description', textOf);
  const repository = firstText(document, latest, 'repository', repositoryUrlOf);
  return {
    maintainerCount: countPeople(own(document, 'maintainers') ?? own(latest, 'maintainers')),
    hasRepository: repository.kind === 'unknown' ? null : repository.kind === 'text',
    repositoryUrl: repository.kind === 'text' ? withoutUser(repository.text.slice(0, MAX_TEXT)) : null,
    descriptionLength: description.kind === 'unknown' ? null : description.text.length,
    hasInstallScript: runsOnInstall(latest),
    deprecated: noticeOf(own(latest, 'deprecated')),
  };
}

/**
 * The member `key` of the document, else of the latest manifest. Where neither has it, that is a statement only if the
 * manifest is a full one.
 */
function firstText(
  document: JsonRecord,
  latest: JsonRecord | null,
  key: string,
  read: (value: unknown) => Said,
): Said {
  const said = [read(own(document, key)), read(own(latest, key))];
  const text = said.find(({ kind }) => kind === 'text');
  if (text !== undefined) return text;
  return isFull(latest) && said.every(({ kind }) => kind === 'missing') ? MISSING : UNKNOWN;
}

/** It has a member that abbreviated manifests never have. */
function isFull(manifest: JsonRecord | null): boolean {
  return manifest !== null && Object.keys(manifest).some((key) => !ABBREVIATED.has(key));
}

function textOf(value: unknown): Said {
  if (value === undefined || value === null) return MISSING;
  if (typeof value !== 'string') return UNKNOWN;
  const text = value.trim();
  return text === '' ? MISSING : { kind: 'text', text };
}

/** `"repository": "url"` or `"repository": { "url": "…" }`; an object without a URL names no repository. */
function repositoryUrlOf(value: unknown): Said {
  const record = asRecord(value);
  return textOf(record === null ? value : own(record, 'url'));
}

/** An empty list is a statement; one that holds nothing that could be a person is not. */
function countPeople(value: unknown): number | null {
  if (!Array.isArray(value)) return null;
  const people = value.filter((item) => typeof item === 'string' || asRecord(item) !== null);
  return value.length > 0 && people.length === 0 ? null : people.length;
}

/** Abbreviated manifests carry `hasInstallScript` only when it is true. */
function runsOnInstall(manifest: JsonRecord | null): boolean | null {
  if (manifest === null) return null;
  const scripts = ownRecord(manifest, 'scripts');
  const runs = INSTALL_SCRIPTS.some((script) => textOf(own(scripts, script)).kind === 'text');
  return runs || own(manifest, 'hasInstallScript') === true;
}

function noticeOf(value: unknown): string | null {
  if (value === true) return 'deprecated';
  const notice = textOf(value);
  return notice.kind === 'text' ? notice.text.slice(0, MAX_TEXT) : null;
}

/** Addresses of repositories are shown; a token in one is nobody's business. */
function withoutUser(address: string): string {
  return address.replace(/:\/\/[^/@\s]*@/, '://');
}

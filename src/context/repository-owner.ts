import { parsePackageName } from '../model/package-name.js';
import type { RepositoryOwner } from '../model/verdict.js';
import { establishedName, type PopularityOf } from './established.js';

type Repository = { readonly owner: string; readonly name: string };

/** Longer addresses are none. */
const MAX_LENGTH = 500;
/** `github:o/r`, `o/r`. */
const SHORTHAND = /^(?:github:|gitlab:|bitbucket:)?([\w.-]+\/[\w.-]+)$/i;
/** Protocol, user and host of `https://host/…`, `git+ssh://git@host:…`, `git@host:…`, `host.tld/…`. */
const HOST = /^(?:(?:git\+)?(?:https?|ssh|git):\/\/)?(?:[^/@]*@)?[\w-]+(?:\.[\w-]+)+(?::\d+)?[/:]/i;
/** What follows the repository in the address of something in it; GitLab has groups of groups before. */
const BELOW =
  /\/(?:-\/)?(?:tree|blob|src|raw|issues|pulls?|wiki|commits?|releases|discussions|actions)(?:\/.*)?$/;

/**
 * Judges by the repository's name alone: the bundled names hold no addresses. So this knows a borrowed repository by
 * `axios/axios`, not by what is in it; and a package in a repository of its own that is called like an established
 * package of another name looks the same.
 */
export function repositoryOwner(
  name: string,
  repositoryUrl: string | null,
  popularityOf: PopularityOf,
): RepositoryOwner {
  const repository = repositoryUrl === null ? null : parseRepository(repositoryUrl);
  if (repository === null) return { kind: 'none' };
  if (isOwn(name, repository)) return { kind: 'own' };
  const candidates = [repository.name, `@${repository.owner}/${repository.name}`];
  const owner = candidates
    .map((candidate) => establishedName(candidate, popularityOf))
    .find((one) => one !== null);
  return owner === undefined || owner.name === name ? { kind: 'own' } : { kind: 'other', owner };
}

/** `left-pad` in `anybody/left-pad`, `@acme/pad` in `acme/anything`. */
function isOwn(name: string, repository: Repository): boolean {
  if (!name.startsWith('@')) return name.toLowerCase() === repository.name;
  return name.slice(1, name.indexOf('/')).toLowerCase() === repository.owner;
}

function parseRepository(url: string): Repository | null {
  if (url.length > MAX_LENGTH) return null;
  const address = decode(url.trim());
  const path = SHORTHAND.exec(address)?.[1] ?? pathOf(address);
  const parts = path?.replace(BELOW, '').replace(/\/+$/, '').split('/') ?? [];
  const owner = parts.at(-2);
  const name = parts.at(-1)?.replace(/\.git$/i, '');
  if (owner === undefined || name === undefined || parsePackageName(name) === null) return null;
  return { owner: owner.toLowerCase(), name: name.toLowerCase() };
}

/** What follows the host, without query and fragment. */
function pathOf(address: string): string | null {
  const host = HOST.exec(address)?.[0];
  return host === undefined ? null : (address.slice(host.length).split(/[?#]/)[0] ?? null);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

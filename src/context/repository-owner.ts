import { parsePackageName } from '../model/package-name.js';
import type { EstablishedName } from '../model/verdict.js';
import { establishedName, type PopularityOf } from './established.js';

type Repository = { readonly owner: string; readonly name: string };

/** `github:o/r`, `o/r`, and the last two parts of `https://host/o/r`, `git@host:o/r.git`, `…/tree/main/packages/x`. */
const SHORTHAND = /^(?:github:|gitlab:|bitbucket:)?([\w.-]+)\/([\w.-]+?)(?:\.git)?(?:#.*)?$/i;
const ADDRESS =
  /^(?:git\+)?(?:https?|ssh|git):\/\/(?:[^/@]*@)?[^/]+\/(?:[^?#]*\/)?([^/?#]+)\/([^/?#]+?)(?:\.git)?\/?(?:[?#].*)?$/i;
const SCP = /^(?:[^/@]+@)?[\w.-]+:(?!\/)(?:.*\/)?([^/]+)\/([^/]+?)(?:\.git)?\/?(?:#.*)?$/i;
/** What follows the repository in the address of a folder of it. */
const BELOW = /\/(?:-\/)?(?:tree|blob|src)\/.*$/;

/**
 * The established package that the repository of `name` seems to belong to, judged by the repository's name alone;
 * `null` where it is the package's own, or where no established package is called like it.
 *
 * The bundled names hold no addresses, so this knows borrowed repositories by `axios/axios`, not by what is in them, and
 * a package of another name in a repository of its own that is called like an established package looks the same.
 */
export function repositoryOwner(
  name: string,
  repositoryUrl: string | null,
  popularityOf: PopularityOf,
): EstablishedName | null {
  const repository = repositoryUrl === null ? null : parseRepository(repositoryUrl);
  if (repository === null || isOwn(name, repository)) return null;
  const [first, second] = [repository.name, `@${repository.owner}/${repository.name}`].map((candidate) =>
    establishedName(candidate, popularityOf),
  );
  const owner = first ?? second ?? null;
  return owner?.name === name ? null : owner;
}

/** `left-pad` in `anybody/left-pad`, `@acme/pad` in `acme/anything`. */
function isOwn(name: string, repository: Repository): boolean {
  if (!name.startsWith('@')) return name.toLowerCase() === repository.name;
  return name.slice(1, name.indexOf('/')).toLowerCase() === repository.owner;
}

function parseRepository(url: string): Repository | null {
  const address = url.trim().replace(BELOW, '');
  const [, owner, name] = SHORTHAND.exec(address) ?? ADDRESS.exec(address) ?? SCP.exec(address) ?? [];
  if (owner === undefined || name === undefined) return null;
  return parsePackageName(name) === null ? null : { owner: owner.toLowerCase(), name: name.toLowerCase() };
}

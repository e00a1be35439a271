import type { Subject } from '../model/verdict.js';
import { ONE_SHA512 } from './integrity.js';
import { isExpected } from './resolved-mismatch.js';
import { isPlaceholder } from './security-hold.js';

/**
 * Whether nothing about the subject can make a detector fire: an established name that resembles no other, installed as
 * itself from where its registry serves it, pinned by a strong hash, and nobody has more to say about it. Nearly every
 * entry of a tree is like that; one verdict stands for all of them.
 *
 * Whoever adds a detector adds here what it looks at; test/unit/signals/ordinary.test.ts fails otherwise.
 */
export function isOrdinary({ entry, knowledge, names, context }: Subject): boolean {
  const { registry, answer, downloads } = knowledge;
  return (
    names.popularity !== null &&
    names.imitations.length === 0 &&
    names.inSnapshot !== false &&
    answer === null &&
    downloads === null &&
    registry !== null &&
    (!registry.isScopeRegistry || registry.isPublic) &&
    context.feeds.length === 0 &&
    entry.source === 'registry' &&
    entry.presence === 'installed' &&
    entry.registryName !== null &&
    entry.version !== null &&
    !isPlaceholder(entry.version) &&
    entry.alias === null &&
    entry.deprecated === null &&
    entry.hasInstallScript !== true &&
    entry.integrity !== null &&
    ONE_SHA512.test(entry.integrity) &&
    (entry.resolved === null || isExpected(entry, entry.resolved, registry))
  );
}

import type { FeedMatch } from '../model/feed.js';
import type { TreeEntry } from '../model/resolved-tree.js';
import { type EstablishedName, type Knowledge, NO_CONTEXT, type SubjectContext } from '../model/verdict.js';
import { establishedName, type PopularityOf } from './established.js';
import { repositoryOwner } from './repository-owner.js';
import { successorOf } from './successor.js';

/** What the context of an entry is made from. */
export type Surroundings = {
  readonly parents: ReadonlyMap<string, EstablishedName>;
  readonly popularityOf: PopularityOf;
  readonly feedsFor: (entry: TreeEntry, knowledge: Knowledge) => readonly FeedMatch[];
};

/**
 * What surrounds an entry. Names whose scope has a registry of its own are looked up in the bundled names as little as
 * elsewhere: `popularityOf` knows nothing of them.
 */
export function describeContext(
  entry: TreeEntry,
  knowledge: Knowledge,
  { parents, popularityOf, feedsFor }: Surroundings,
): SubjectContext {
  const facts = knowledge.answer?.kind === 'found' ? knowledge.answer.facts : null;
  const notice = entry.deprecated ?? facts?.deprecated ?? null;
  const parent = parents.get(entry.id) ?? null;
  const feeds = feedsFor(entry, knowledge);
  if (parent === null && feeds.length === 0 && facts === null && notice === null && entry.alias === null)
    return NO_CONTEXT;
  return {
    parent,
    aliased: entry.alias === null ? null : establishedName(entry.alias, popularityOf),
    repository: repositoryOwner(entry.name, facts?.repositoryUrl ?? null, popularityOf),
    successor: successorOf(entry.name, notice, popularityOf),
    feeds,
  };
}

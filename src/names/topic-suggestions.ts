import type { NameData } from './name-data.js';
import { solidSplits } from './solid-splits.js';
import type { RankedSuggestion } from './suggest.js';
import { packagesAbout } from './topics.js';

/** Below every convincing finding, above the weakest ones. */
const FIRST_RANK = 1.9;
const PER_PLACE = 0.15;

/**
 * What people usually want who use the words of `name`: first about the whole name, then pairs of words, then
 * single words.
 */
export function topicSuggestions(name: string, data: NameData): RankedSuggestion[] {
  const base = name.toLowerCase().slice(name.startsWith('@') ? name.indexOf('/') + 1 : 0);
  const scope = name.startsWith('@') ? [name.slice(1, Math.max(1, name.indexOf('/')))] : [];
  const words = base.split(/[-_.]+/).filter((word) => word !== '');
  const pairs = words.slice(1).map((word, i) => `${words[i]}-${word}`);
  const solid = solidSplits(words, [], data).flat();
  const topics = new Set([base.replace(/[-_.]+/g, '-'), ...pairs, ...words, ...scope, ...solid]);
  let rank = FIRST_RANK;
  return [...topics].flatMap((topic) => {
    const found = packagesAbout(topic).flatMap((packageName, place): RankedSuggestion[] => {
      const popularity = data.popularityOf(packageName);
      const why = `the usual package for “${topic}”`;
      if (popularity === null) return [];
      return [
        {
          name: packageName,
          kind: 'package',
          popularity,
          technique: 'topic',
          why,
          rank: rank - place * PER_PLACE,
        },
      ];
    });
    if (found.length > 0) rank -= PER_PLACE;
    return found;
  });
}

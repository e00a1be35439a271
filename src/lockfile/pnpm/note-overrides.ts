import type { DependencyRequest } from '../dependency-request.js';
import type { DraftTree } from '../draft-tree.js';
import { askedSource, type Catalogs } from '../parse-spec.js';

/**
 * What the project's own `overrides` fetch by a URL is asked for by URL, whatever the importers' lines say.
 *
 * @param overrides those of package.json and pnpm-workspace.yaml
 */
export function noteOverrides(
  draft: DraftTree,
  overrides: readonly DependencyRequest[],
  catalogs: Catalogs,
): DraftTree {
  const urls = overrides.filter(({ key, spec }) => askedSource(key, spec, catalogs) === 'url');
  if (urls.length === 0) return draft;
  const keys = new Set(urls.map(({ key }) => key));
  const entries = draft.entries.map((entry) =>
    entry.source !== 'registry' && keys.has(entry.alias ?? entry.name)
      ? { ...entry, askedFrom: 'url' as const }
      : entry,
  );
  return { ...draft, entries };
}

import type { Suggestion } from '../model/report.js';
import type { Subject } from '../model/verdict.js';

const MAX_SUGGESTIONS = 3;

/** What the package's own deprecation notice points to comes before what its name resembles. */
export function suggestionsFor({ context: { successor }, names }: Subject): readonly Suggestion[] {
  if (successor === null) return names.suggestions;
  const named = { name: successor.name, why: 'its deprecation notice names it' };
  return [named, ...names.suggestions.filter(({ name }) => name !== successor.name)].slice(
    0,
    MAX_SUGGESTIONS,
  );
}

import type { Subject } from '../subject.js';
import type { Report, Technique } from '../technique.js';
import { wordKind } from '../words.js';
import { type NameParts, partsOf } from './name-parts.js';

/** Least log₂ downloads of a name that people build upon when one word of the rest is unknown. */
const KNOWN_PROJECT = 17;
/** Least log₂ downloads from which a word like `debug` or `async` is read as the package. */
const FAMOUS = 19;

/** `react-query-auth-utils`, `express-gpt-helper`: an established name with generic or AI words around it. */
export const combination: Technique = {
  id: 'combination',
  signal: 'HALLUCINATION_PATTERN',
  find(subject, report) {
    for (const parts of partsOf(subject)) claimPart(subject, parts, report);
  },
};

function claimPart(subject: Subject, parts: NameParts, report: Report): void {
  const { part, rest, coverage, firm } = parts;
  const kinds = rest.map(wordKind);
  const unknown = kinds.filter((kind) => kind === null).length;
  if (unknown > 1) return;
  const popularity = subject.data.popularityOf(part);
  if (popularity === null || (unknown === 1 && popularity < KNOWN_PROJECT)) return;
  const plain = parts.kept.length === 1 && wordKind(part) !== null;
  if (plain && (unknown > 0 || !firm || popularity < FAMOUS)) return;
  const likeness =
    (plain ? 0.3 : unknown === 0 ? 0.7 : 0.3) +
    coverage * 0.8 +
    (kinds.includes('ai') ? 0.4 : 0) -
    (firm ? 0 : 0.3);
  report.claim({ technique: combination, imitated: part, likeness, evidence: { words: rest.join(' ') } });
}

import type { NameFinding } from './finding.js';
import { hashText } from './hash.js';
import type { NameData } from './name-data.js';
import { strengthOf } from './strength.js';
import { type Subject, subjectOf } from './subject.js';
import type { Claim, Report, Technique } from './technique.js';
import { findCoreModule } from './techniques/core-module.js';
import { TECHNIQUES } from './techniques/index.js';

/**
 * Every name that `name` may imitate, most convincing first, each with its most convincing technique. Empty
 * for a name that imitates nothing, is as popular as anything that it resembles, or lies in the scope of the
 * owner whom it would imitate. `popularity` is the name's own, for callers that have looked it up already.
 */
export function findImitations(
  name: string,
  data: NameData,
  popularity = data.popularityOf(name),
): NameFinding[] {
  const findings = new Findings(subjectOf(name, popularity, data));
  const core = findCoreModule(name, popularity);
  if (core !== null) findings.add(core);
  return findings.run(TECHNIQUES);
}

/**
 * The same for names in the subject's own scope only: slips that make no imitation, but deserve a suggestion.
 */
export function findSlipsWithinScope(
  name: string,
  data: NameData,
  techniques: readonly Technique[],
): NameFinding[] {
  return name.startsWith('@')
    ? new Findings(subjectOf(name, data.popularityOf(name), data, true), true).run(techniques)
    : [];
}

class Findings implements Report {
  readonly #subject: Subject | null;
  readonly #withinScope: boolean;
  readonly #best = new Map<string, NameFinding>();

  constructor(subject: Subject | null, withinScope = false) {
    this.#subject = subject;
    this.#withinScope = withinScope;
  }

  run(techniques: readonly Technique[]): NameFinding[] {
    if (this.#subject !== null) for (const technique of techniques) technique.find(this.#subject, this);
    if (this.#best.size === 0) return [];
    return [...this.#best.values()].sort(
      (a, b) => b.strength - a.strength || (b.popularity ?? 0) - (a.popularity ?? 0),
    );
  }

  add(finding: NameFinding): void {
    const key = `${finding.ecosystem}:${finding.imitated}`;
    const known = this.#best.get(key);
    if (known === undefined || known.strength < finding.strength) this.#best.set(key, finding);
  }

  claim({ technique, imitated, likeness, evidence, foreign = false }: Claim): void {
    const subject = this.#subject;
    if (subject === null || imitated === subject.raw || !subject.data.mayBeTarget(hashText(imitated))) return;
    const sameScope = subject.scope !== null && imitated.startsWith(`${subject.scope}/`);
    if (sameScope !== this.#withinScope && !foreign) return;
    const popularity = subject.data.popularityOf(imitated);
    if (popularity === null || popularity < subject.leastTarget) return;
    const strength = strengthOf(likeness, imitated, popularity, subject);
    const signal =
      subject.scope !== null && technique.signal === 'TYPOSQUAT' ? 'NAMESPACE_SQUATTING' : technique.signal;
    this.add({
      technique: technique.id,
      signal,
      imitated,
      ecosystem: 'npm',
      popularity,
      strength,
      evidence,
    });
  }
}

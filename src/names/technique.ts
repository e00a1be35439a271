import type { NameEvidence, NameFinding, NameSignal, TechniqueId } from './finding.js';
import type { Subject } from './subject.js';

/** One way to make a name look like another. */
export interface Technique {
  readonly id: TechniqueId;
  readonly signal: NameSignal;
  /** Reports every name that the subject may imitate in this way. */
  find(subject: Subject, report: Report): void;
}

/**
 * What a technique claims; whether the imitated name is established and popular enough is checked by the
 * receiver.
 */
export interface Claim {
  readonly technique: Technique;
  readonly imitated: string;
  /** How convincing the likeness is by itself, before lengths and popularity: log-odds, 0–MAX_STRENGTH. */
  readonly likeness: number;
  readonly evidence: NameEvidence;
  /** Set when the name can't come from the scope's owner, since the registry takes no such name. */
  readonly foreign?: boolean;
}

export interface Report {
  /** Claims that an npm name is imitated. */
  claim(claim: Claim): void;
  /** Records a finding that needs no established npm name. */
  add(finding: NameFinding): void;
}

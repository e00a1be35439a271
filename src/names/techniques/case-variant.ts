import type { Technique } from '../technique.js';

/** `Lodash` for `lodash`: names that differ in nothing but upper and lower case. */
export const caseVariant: Technique = {
  id: 'case-variant',
  signal: 'TYPOSQUAT',
  find(subject, report) {
    if (subject.raw === subject.name) return;
    report.claim({
      technique: this,
      imitated: subject.name,
      likeness: 3.2,
      evidence: { written: subject.raw },
    });
  },
};

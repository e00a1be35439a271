import type { Technique } from '../technique.js';

/** `types-node` for `@types/node`, `babel_core` for `@babel/core`: the scope has become a word of the name. */
export const scopeDropped: Technique = {
  id: 'scope-dropped',
  signal: 'NAMESPACE_SQUATTING',
  find(subject, report) {
    if (subject.scope !== null) return;
    for (const { 0: separator, index } of subject.base.matchAll(/[-_.]+/g)) {
      const scope = `@${subject.base.slice(0, index)}`;
      const rest = subject.base.slice(index + separator.length);
      if (index === 0 || rest === '') continue;
      report.claim({ technique: this, imitated: `${scope}/${rest}`, likeness: 2.4, evidence: { scope } });
    }
  },
};

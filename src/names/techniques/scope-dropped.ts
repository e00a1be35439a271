import { hashText } from '../hash.js';
import type { Subject } from '../subject.js';
import type { Technique } from '../technique.js';
import { isSeparator } from './characters.js';

const AT = hashText('@');

/** `types-node` for `@types/node`, `babel_core` for `@babel/core`: the scope has become a word of the name. */
export const scopeDropped: Technique = {
  id: 'scope-dropped',
  signal: 'NAMESPACE_SQUATTING',
  find(subject, report) {
    if (subject.scope !== null) return;
    const { base } = subject;
    for (let end = 1; end < base.length; end++) {
      if (!isSeparator(base.charCodeAt(end)) || isSeparator(base.charCodeAt(end - 1))) continue;
      let rest = end + 1;
      while (isSeparator(base.charCodeAt(rest))) rest++;
      if (rest >= base.length || !mayBeScoped(subject, end, rest)) continue;
      const scope = `@${base.slice(0, end)}`;
      const imitated = `${scope}/${base.slice(rest)}`;
      report.claim({ technique: this, imitated, likeness: 2.4, evidence: { scope } });
    }
  },
};

/** May the text up to `end`, as a scope, with that from `rest` on be worth imitating? */
function mayBeScoped({ base, edits, data }: Subject, end: number, rest: number): boolean {
  const scope = hashText('/', 0, 1, edits.append(AT, 0, end));
  return data.mayBeTarget(edits.append(scope, rest, base.length));
}

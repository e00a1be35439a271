import type { Technique } from '../technique.js';

/** Log₂ of its own monthly downloads from which an npm name stands for itself. */
const AT_HOME = 12;
const BEST_KNOWN_RANK = 10;

/** `sqlalchemy-utils`, `scikit-learn`: a well-known PyPI name that npm doesn't know, or hardly. */
export const otherEcosystem: Technique = {
  id: 'other-ecosystem',
  signal: 'CROSS_ECOSYSTEM',
  find({ name, scope, popularity, data }, report) {
    if (scope !== null || (popularity !== null && popularity >= AT_HOME)) return;
    const imitated = name.replace(/[-_.]+/g, '-');
    const rank = data.pypiRankOf(imitated);
    if (rank === null) return;
    const strength = (rank <= BEST_KNOWN_RANK ? 1.8 : 1.2) * (imitated.length < 5 ? 0.5 : 1);
    report.add({
      technique: this.id,
      signal: this.signal,
      imitated,
      ecosystem: 'pypi',
      popularity: null,
      strength,
      evidence: { ecosystem: 'pypi', topNames: 2 ** (rank + 1) },
    });
  },
};

import type { Technique } from '../technique.js';

/**
 * `@lodash-team/lodash`, `@knex/core` for `knex`: an established unscoped name under a scope that nobody
 * established owns.
 */
export const scopeAdded: Technique = {
  id: 'scope-added',
  signal: 'NAMESPACE_SQUATTING',
  find({ scope, base, ownedScope }, report) {
    if (scope === null || ownedScope) return;
    const owner = scope.slice(1);
    const evidence = { scope };
    report.claim({ technique: this, imitated: base, likeness: owner.includes(base) ? 2.8 : 2, evidence });
    for (const imitated of [`${owner}-${base}`, `${base}-${owner}`, owner + base]) {
      report.claim({ technique: this, imitated, likeness: 2.6, evidence });
    }
    report.claim({ technique: this, imitated: owner, likeness: 1.8, evidence });
  },
};

import type { NameData } from '../../src/names/name-data.js';

/** `data` as if one name weren't established: what the techniques would say about it were it new. */
export function hideName(data: NameData, hidden: string): NameData {
  const scope = hidden.startsWith('@') ? hidden.slice(0, hidden.indexOf('/')) : null;
  const alone = scope !== null && data.scopeLeader(scope)?.packages === 1;
  return {
    snapshotDate: data.snapshotDate,
    counts: data.counts,
    popularityOf: (name) => (name === hidden ? null : data.popularityOf(name)),
    existedAtSnapshot: (name) => data.existedAtSnapshot(name),
    isEstablishedScope: (name) => !(alone && name === scope) && data.isEstablishedScope(name),
    scopeLeader: (name) => (alone && name === scope ? null : data.scopeLeader(name)),
    pypiRankOf: (name) => data.pypiRankOf(name),
    contexts: data.contexts,
    mayBeTarget: (hash) => data.mayBeTarget(hash),
  };
}

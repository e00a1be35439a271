import { describe, expect, it } from 'vitest';
import { mergeEntries } from '../../../../src/report/html/merge-entries.js';
import { reported } from '../../../support/reported.js';

describe('entries of the same package', () => {
  it('are one where only who asks differs, and all who ask are kept', () => {
    const [one, other] = [
      ['root', 'x'],
      ['root', 'a', 'x'],
    ];
    const merged = mergeEntries([
      reported({ direct: false, requestedBy: [other ?? []] }),
      reported({ direct: true, requestedBy: [one ?? []] }),
    ]);
    expect(merged).toEqual([
      { ...reported({ direct: true, requestedBy: [other ?? [], one ?? []] }), places: 2 },
    ]);
  });

  it('stay apart where anything else differs', () => {
    const evidence = { algorithm: 'sha1' };
    const merged = mergeEntries([
      reported(),
      reported({ signals: [{ code: 'INTEGRITY_WEAK', weight: 1, evidence }] }),
      reported({ alias: 'kit' }),
    ]);
    expect(merged.map(({ places }) => places)).toEqual([1, 1, 1]);
  });
});

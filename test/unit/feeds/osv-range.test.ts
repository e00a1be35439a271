import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { readOsvRange } from '../../../src/feeds/osv-range.js';

type Event = Readonly<Record<string, string>>;

const range = (...events: readonly Event[]) => readOsvRange({ type: 'SEMVER', events });

/** The pseudocode of the OSV schema, as it is written there. */
function isVulnerable(version: string, events: readonly Event[]): boolean {
  const compare = (event: string): number => (event === '0' ? 1 : semver.compare(version, event));
  const limits = events.flatMap(({ limit }) => limit ?? []);
  if (limits.length > 0 && !limits.some((limit) => limit === '*' || compare(limit) < 0)) return false;
  const versionOf = (event: Event): string => Object.values(event)[0] ?? '';
  const order = (a: Event, b: Event): number => {
    if (versionOf(a) === '0' || versionOf(b) === '0')
      return versionOf(a) === versionOf(b) ? 0 : versionOf(a) === '0' ? -1 : 1;
    return (
      semver.compare(versionOf(a), versionOf(b)) ||
      Number('last_affected' in a) - Number('last_affected' in b)
    );
  };
  let vulnerable = false;
  for (const event of events.filter((one) => !('limit' in one)).toSorted(order)) {
    if (event['introduced'] !== undefined && compare(event['introduced']) >= 0) vulnerable = true;
    else if (event['fixed'] !== undefined && compare(event['fixed']) >= 0) vulnerable = false;
    else if (event['last_affected'] !== undefined && compare(event['last_affected']) > 0) vulnerable = false;
  }
  return vulnerable;
}

const version = fc
  .tuple(fc.nat(2), fc.nat(2), fc.nat(2), fc.constantFrom('', '', '-alpha', '-rc.1'))
  .map(([major, minor, patch, pre]) => `${major}.${minor}.${patch}${pre}`);
const event = fc.oneof(
  fc.record({ introduced: fc.oneof(fc.constant('0'), version) }),
  fc.record({ fixed: version }),
  fc.record({ last_affected: version }),
  fc.record({
    limit: fc.oneof({ weight: 1, arbitrary: fc.constant('*') }, { weight: 2, arbitrary: version }),
  }),
);

describe('a range of OSV', () => {
  it('covers the whole package, or what lies between its events', () => {
    expect(range({ introduced: '0' })).toEqual({ all: true });
    expect(range({ introduced: '0' }, { fixed: '1.0.2' })).toEqual({ all: false, range: '>=0.0.0-0 <1.0.2' });
    expect(range({ introduced: '1.0.0' }, { last_affected: '1.0.0' })).toEqual({
      all: false,
      range: '>=1.0.0 <=1.0.0',
    });
    expect(
      range({ introduced: '3.0.0' }, { fixed: '3.2.5' }, { introduced: '1.0.0' }, { fixed: '1.0.2' }),
    ).toEqual({ all: false, range: '>=1.0.0 <1.0.2 || >=3.0.0 <3.2.5' });
    expect(range({ introduced: '0' }, { limit: '2.0.0' })).toEqual({ all: false, range: '>=0.0.0-0 <2.0.0' });
  });

  it.each([
    ['commits', { type: 'GIT', events: [{ introduced: '0' }] }],
    ['no events', { type: 'SEMVER' }],
    ['no introduction', { type: 'SEMVER', events: [{ fixed: '1.0.0' }] }],
    ['words for versions', { type: 'SEMVER', events: [{ introduced: '0' }, { fixed: 'never' }] }],
    ['a word for a limit', { type: 'SEMVER', events: [{ introduced: '0' }, { limit: 'never' }] }],
    ['numbers for versions', { type: 'SEMVER', events: [{ introduced: 0 }] }],
    ['too many events', { type: 'SEMVER', events: Array(5000).fill({ introduced: '0' }) }],
    ['nothing', null],
  ])('cannot be told with %s', (_, value) => {
    expect(readOsvRange(value)).toBeNull();
  });

  it('holds the versions that the evaluation of the schema calls affected', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 7 }), version, (events, asked) => {
        const read = range(...events);
        const holds =
          read !== null && (read.all || semver.satisfies(asked, read.range, { includePrerelease: true }));
        expect(holds).toBe(isVulnerable(asked, events));
      }),
      { numRuns: 2000 },
    );
  });
});

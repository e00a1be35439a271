import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PackageFacts } from '../../../src/model/facts.js';
import { parsePackument } from '../../../src/registry/packument.js';
import { mirrored, packument } from '../../support/fake-packument.js';

const NOW = Date.UTC(2026, 0, 15);
const DAY_MS = 86_400_000;
const NAME = 'glimmer-tide';

const at = (text: string): number => Date.parse(text);
const iso = (ms: number): string => new Date(ms).toISOString();

function facts(body: unknown, name = NAME): PackageFacts {
  const parsed = parsePackument(body, name, NOW);
  if (parsed === null) throw new Error('unreadable');
  return parsed;
}

describe('a full document', () => {
  it('gives every fact', () => {
    const body = packument({
      name: NAME,
      created: '2024-01-01T00:00:00.000Z',
      versions: { '1.0.0': '2024-01-01T00:00:00.100Z', '1.1.0': '2024-03-01T00:00:00.000Z' },
      maintainers: ['ada', 'bob'],
      repository: 'https://git.example.test/glimmer-tide',
      description: '  tides that glimmer ',
    });
    expect(facts(body)).toEqual({
      createdAtMs: at('2024-01-01T00:00:00.100Z'),
      existedAtMs: at('2024-01-01T00:00:00.100Z'),
      latestReleaseAtMs: at('2024-03-01T00:00:00.000Z'),
      releaseCount: 2,
      mostReleasesIn24h: 1,
      maintainerCount: 2,
      ownershipChangedAtMs: null,
      hasRepository: true,
      repositoryUrl: 'https://git.example.test/glimmer-tide',
      descriptionLength: 18,
      latestVersion: '1.1.0',
      hasInstallScript: false,
      deprecated: null,
      unpublished: false,
      withheld: false,
      versions: {},
    });
  });

  it('keeps no list that grows with the releases', () => {
    const text = JSON.stringify(facts(packument({ name: NAME })));
    expect(text.length).toBeLessThan(500);
  });
});

describe('times', () => {
  it('does not believe a creation later than the first release', () => {
    const body = packument({
      name: NAME,
      created: '2025-12-01T00:00:00.000Z',
      versions: { '1.0.0': '2025-11-30T22:59:59.000Z' },
    });
    expect(facts(body)).toMatchObject({ createdAtMs: null, existedAtMs: at('2025-11-30T22:59:59.000Z') });
  });

  it('allows an hour between the clocks of creation and first release', () => {
    const body = packument({
      name: NAME,
      created: '2025-12-01T00:00:00.000Z',
      versions: { '1.0.0': '2025-11-30T23:00:00.000Z' },
    });
    expect(facts(body).createdAtMs).toBe(at('2025-12-01T00:00:00.000Z'));
  });

  it('takes only the age from a mirror that has no creation time, and no history', () => {
    const versions = {
      '1.0.0': '2025-11-03T00:00:01Z',
      '1.0.1': '2025-11-01T00:00:00Z',
      '1.0.2': '2025-11-03T00:00:02Z',
    };
    expect(facts(mirrored({ name: NAME, versions }))).toMatchObject({
      createdAtMs: null,
      existedAtMs: at('2025-11-01T00:00:00Z'),
      latestReleaseAtMs: null,
      mostReleasesIn24h: null,
      ownershipChangedAtMs: null,
      releaseCount: 3,
    });
  });

  it.each([
    ['more than a day in the future', iso(NOW + DAY_MS + 1)],
    ['before there were packages', '1985-10-26T08:15:00.000Z'],
    ['no date', 'yesterday'],
    ['no text', 1_700_000_000_000],
  ])('takes a time that is %s for no fact', (_, time) => {
    const body = { ...packument({ name: NAME }), time: { created: time, '1.0.0': time } };
    expect(facts(body)).toMatchObject({ createdAtMs: null, existedAtMs: null });
  });

  it('knows no times without the member', () => {
    const body = { ...packument({ name: NAME }), time: undefined };
    expect(facts(body)).toMatchObject({ createdAtMs: null, existedAtMs: null, releaseCount: 25 });
  });

  it('counts the releases of the busiest 24 hours, whatever their order', () => {
    const start = at('2024-06-01T00:00:00Z');
    const hours = [0, 30, 31, 40, 53, 54, 90];
    const versions = Object.fromEntries(
      hours.map((hour, index) => [`1.0.${index}`, iso(start + hour * 3_600_000)]).reverse(),
    );
    expect(facts(packument({ name: NAME, created: iso(start), versions })).mostReleasesIn24h).toBe(4);
  });

  it('forgets an earlier life, whatever the document says of the creation', () => {
    const versions = { '2.0.0': '2026-01-10T00:00:00Z' };
    for (const created of ['2018-01-01T00:00:00Z', '2026-01-10T00:00:00Z']) {
      const body = packument({ name: NAME, created, versions });
      const time = {
        ...(body['time'] as object),
        '1.0.0': '2018-01-01T00:00:00Z',
        '1.0.1': '2018-02-01T00:00:00Z',
      };
      expect(facts({ ...body, time })).toMatchObject({
        createdAtMs: at('2026-01-10T00:00:00Z'),
        existedAtMs: at('2026-01-10T00:00:00Z'),
        releaseCount: 1,
        mostReleasesIn24h: 1,
      });
    }
  });

  it('takes the age from what is still published: a name may have had an earlier life', () => {
    const body = packument({
      name: NAME,
      created: '2021-01-01T00:00:00Z',
      versions: { '2.0.0': '2022-01-01T00:00:00Z' },
    });
    const time = {
      created: '2021-01-01T00:00:00Z',
      '1.0.0': '2021-01-01T00:00:00Z',
      '2.0.0': '2022-01-01T00:00:00Z',
    };
    expect(facts({ ...body, time })).toMatchObject({
      createdAtMs: at('2022-01-01T00:00:00Z'),
      existedAtMs: at('2022-01-01T00:00:00Z'),
      releaseCount: 1,
    });
  });
});

describe('description and repository', () => {
  const abbreviated = { name: NAME, version: '1.0.0', dist: {}, dependencies: {}, engines: {} };
  const bare = { name: NAME, 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': abbreviated } };

  it('come from the latest manifest where the document has none', () => {
    const latest = { ...abbreviated, description: 'nine chars', repository: 'github:someone/glimmer-tide' };
    expect(facts({ ...bare, versions: { '1.0.0': latest } })).toMatchObject({
      descriptionLength: 10,
      hasRepository: true,
      repositoryUrl: 'github:someone/glimmer-tide',
    });
  });

  it('are unknown in an abbreviated document', () => {
    expect(facts(bare)).toMatchObject({ descriptionLength: null, hasRepository: null, repositoryUrl: null });
  });

  it('are unknown without a latest manifest', () => {
    expect(facts({ ...bare, 'dist-tags': {} })).toMatchObject({
      descriptionLength: null,
      hasRepository: null,
    });
  });

  it('are known to be missing when a full manifest lacks them', () => {
    const full = { ...abbreviated, _id: `${NAME}@1.0.0` };
    expect(facts({ ...bare, versions: { '1.0.0': full } })).toMatchObject({
      descriptionLength: 0,
      hasRepository: false,
      repositoryUrl: null,
    });
  });

  it('count as missing when blank, and as unknown when of a wrong type', () => {
    const full = { ...abbreviated, scripts: {}, description: '  ', repository: { type: 'git' } };
    expect(facts({ ...bare, versions: { '1.0.0': full } })).toMatchObject({
      descriptionLength: 0,
      hasRepository: false,
    });
    const junk = { ...abbreviated, scripts: {}, description: 7, repository: ['x'] };
    expect(facts({ ...bare, versions: { '1.0.0': junk } })).toMatchObject({
      descriptionLength: null,
      hasRepository: null,
    });
  });

  it('are cut where they are longer than anybody reads', () => {
    const url = `https://git.example.test/${'x'.repeat(10_000)}`;
    expect(facts(packument({ name: NAME, repository: url })).repositoryUrl?.length).toBe(500);
  });
});

describe('maintainers', () => {
  it.each([
    ['the document', { maintainers: [{ name: 'ada' }, 'bob <bob@example.test>'] }, 2],
    ['an empty list', { maintainers: [] }, 0],
    ['a list of junk', { maintainers: [1, null] }, null],
    ['no list', { maintainers: 'ada' }, null],
    ['nothing', {}, null],
  ])('come from %s', (_, member, expected) => {
    expect(facts({ ...mirrored({ name: NAME }), ...member }).maintainerCount).toBe(expected);
  });

  it('come from the latest manifest where the document has none', () => {
    const body = mirrored({ name: NAME, manifest: { maintainers: [{ name: 'ada' }] } });
    expect(facts(body).maintainerCount).toBe(1);
  });
});

describe('releases', () => {
  it('are unknown when the document leaves them out', () => {
    expect(facts({ name: NAME, 'dist-tags': { latest: '1.0.0' } })).toMatchObject({
      releaseCount: null,
      unpublished: false,
    });
  });

  it.each([
    ['an empty list of versions', { name: NAME, versions: {} }],
    [
      'a note that all was taken back',
      { name: NAME, time: { unpublished: { time: '2024-01-01T00:00:00Z' } } },
    ],
    ['such a note as text', { name: NAME, time: { unpublished: '2024-01-01T00:00:00Z' } }],
  ])('are gone with %s', (_, body) => {
    expect(facts(body)).toMatchObject({ releaseCount: 0, unpublished: true });
  });

  it('are there again after a return', () => {
    const body = packument({ name: NAME });
    const time = { ...(body['time'] as object), unpublished: { time: '2020-01-01T00:00:00Z' } };
    expect(facts({ ...body, time }).unpublished).toBe(false);
  });
});

describe('install scripts and deprecation', () => {
  it.each([
    [{ scripts: { postinstall: 'node x.js' } }, true],
    [{ scripts: { preinstall: 'x' } }, true],
    [{ scripts: { install: 'x' } }, true],
    [{ hasInstallScript: true }, true],
    [{ gypfile: true }, false],
    [{ scripts: { test: 'x', postinstall: '' } }, false],
    [{ scripts: 'x' }, false],
  ])('%j runs something on installation: %s', (manifest, expected) => {
    expect(facts(packument({ name: NAME, manifest })).hasInstallScript).toBe(expected);
  });

  it('are unknown without a latest manifest', () => {
    expect(
      facts({ ...packument({ name: NAME }), 'dist-tags': { latest: '9.9.9' } }).hasInstallScript,
    ).toBeNull();
  });

  it.each([
    ['use tide-glimmer', 'use tide-glimmer'],
    [true, 'deprecated'],
    [false, null],
    ['', null],
    [3, null],
  ])('reads the notice %j as %j', (deprecated, expected) => {
    expect(facts(packument({ name: NAME, manifest: { deprecated } })).deprecated).toBe(expected);
  });
});

describe('a change of owner', () => {
  type Made = {
    readonly by: string | null;
    readonly maintainers?: readonly string[] | null;
    readonly user?: object;
  };
  const team = ['ada', 'bob'];

  function released(releases: readonly Made[]): PackageFacts {
    const day = (index: number): string => iso(at('2022-01-01T00:00:00Z') + index * 10 * DAY_MS);
    const manifests = releases.map(({ by, maintainers = team, user }, index) => [
      `1.0.${index}`,
      {
        _id: 'x',
        ...(by === null ? {} : { _npmUser: { name: by, email: `${by}@example.test`, ...user } }),
        ...(maintainers === null ? {} : { maintainers: maintainers.map((name) => ({ name })) }),
      },
    ]);
    const times = releases.map((_, index) => [`1.0.${index}`, day(index)]);
    return facts({
      name: NAME,
      versions: Object.fromEntries(manifests),
      time: { created: day(0), ...Object.fromEntries(times) },
    });
  }

  const nth = (index: number): number => at('2022-01-01T00:00:00Z') + index * 10 * DAY_MS;
  const old: readonly Made[] = [{ by: 'ada' }, { by: 'bob' }, { by: 'ada' }];

  it('is the first release by a stranger', () => {
    expect(released([...old, { by: 'eve' }, { by: 'eve' }]).ownershipChangedAtMs).toBe(nth(3));
  });

  it('is the last one of several', () => {
    expect(released([...old, { by: 'eve' }, { by: 'mallory' }]).ownershipChangedAtMs).toBe(nth(4));
  });

  it('is none with a maintainer who publishes for the first time', () => {
    expect(
      released([{ by: 'ada' }, { by: 'ada' }, { by: 'ada' }, { by: 'bob' }]).ownershipChangedAtMs,
    ).toBeNull();
  });

  it('is none before the fourth release', () => {
    expect(released([{ by: 'ada' }, { by: 'ada' }, { by: 'eve' }]).ownershipChangedAtMs).toBeNull();
  });

  it('is none with a trusted publisher', () => {
    const byCi = { by: 'release-bot', user: { trustedPublisher: { id: 'github' } } };
    expect(released([...old, byCi]).ownershipChangedAtMs).toBeNull();
    expect(released([...old, { by: 'GitHub Actions' }]).ownershipChangedAtMs).toBeNull();
    const oidc = { by: 'ci', user: { email: 'npm-oidc-no-reply@github.com' } };
    expect(released([...old, oidc]).ownershipChangedAtMs).toBeNull();
  });

  it('is unknown where the manifests do not say who', () => {
    expect(released([...old, { by: null }]).ownershipChangedAtMs).toBeNull();
    const silent = { by: 'ada', maintainers: null };
    expect(released([{ by: 'ada' }, { by: 'ada' }, silent, { by: 'eve' }]).ownershipChangedAtMs).toBeNull();
  });
});

describe('documents that are none', () => {
  it.each([
    ['null', null],
    ['an array', []],
    ['a text', 'glimmer-tide'],
    ['an error', { error: 'not_found' }],
    ['another name', packument({ name: 'glimmer-tides' })],
    ['another case', packument({ name: 'Glimmer-Tide' })],
    ['a name alone', { name: NAME }],
    ['a name and junk', { name: NAME, versions: [], time: 'x', 'dist-tags': null }],
  ])('refuses %s', (_, body) => {
    expect(parsePackument(body, NAME, NOW)).toBeNull();
  });

  it('reads nothing through the prototype', () => {
    const body = JSON.parse(
      `{"name":"${NAME}","__proto__":{"maintainers":[]},"dist-tags":{"latest":"__proto__"},` +
        `"versions":{"constructor":{"_id":"x"}},"time":{"__proto__":"2024-01-01T00:00:00Z"}}`,
    );
    expect(facts(body)).toMatchObject({ maintainerCount: null, hasInstallScript: null, releaseCount: 1 });
    expect(Object.hasOwn(Object.prototype, 'maintainers')).toBe(false);
  });

  it('never throws, whatever the JSON', () => {
    const member = fc.constantFrom(
      'versions',
      'time',
      'dist-tags',
      'maintainers',
      'repository',
      'description',
    );
    const body = fc.tuple(fc.dictionary(member, fc.jsonValue()), fc.jsonValue()).map(([members, latest]) => ({
      versions: { '1.0.0': latest },
      'dist-tags': { latest: '1.0.0' },
      ...members,
      name: NAME,
    }));
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), body), (value) => {
        const parsed = parsePackument(value, NAME, NOW);
        expect(parsed === null || typeof parsed.unpublished === 'boolean').toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

it('counts bursts in a document of 100,000 releases', () => {
  const count = 100_000;
  const order = Array.from({ length: count }, (_, index) => (index * 7_919) % count);
  const start = at('2015-01-01T00:00:00Z');
  const names = order.map((index) => `1.0.${index}`);
  const person = { name: 'ada' };
  const manifests = names.map((name) => [name, { _id: name, _npmUser: person, maintainers: [person] }]);
  const times = order.map((index) => [`1.0.${index}`, iso(start + index * 60_000)]);
  const body = {
    name: NAME,
    versions: Object.fromEntries(manifests),
    time: { created: iso(start), ...Object.fromEntries(times) },
  };
  expect(facts(body).mostReleasesIn24h).toBe(1_440);
});

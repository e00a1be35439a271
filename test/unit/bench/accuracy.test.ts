import { describe, expect, it } from 'vitest';
import { DAY_MS, NOW_MS } from '../../../bench/accuracy/clock.js';
import { makePackage, type Profile } from '../../../bench/accuracy/make-packument.js';
import { measure } from '../../../bench/accuracy/measured.js';
import { aged, FRESH, healthy, mirrored } from '../../../bench/accuracy/profiles.js';
import { randomFor } from '../../../bench/accuracy/random.js';
import { replaceBlock } from '../../../bench/accuracy/record.js';
import { rocOf } from '../../../bench/accuracy/roc.js';
import { atLeast, atMost } from '../../../bench/accuracy/scenario.js';
import { wilson } from '../../../bench/accuracy/wilson.js';
import type { Verdict } from '../../../src/model/verdict.js';
import { parsePackument } from '../../../src/registry/packument.js';

describe('the instrument of bench:accuracy', () => {
  it('gives intervals as published for Wilson’s method', () => {
    const [least, most] = wilson(81, 263);
    expect(least).toBeCloseTo(0.2553, 4);
    expect(most).toBeCloseTo(0.3662, 4);
    expect(wilson(0, 20)[0]).toBe(0);
    expect(wilson(0, 20)[1]).toBeCloseTo(0.1611, 4);
    expect(wilson(20, 20)[1]).toBe(1);
    expect(wilson(0, 0)).toEqual([0, 1]);
  });

  it('measures the area under the curve, ties by half', () => {
    expect(rocOf([0.9, 0.8], [0.1, 0.2]).auc).toBe(1);
    expect(rocOf([0.1], [0.9]).auc).toBe(0);
    expect(rocOf([0.5, 0.9], [0.5, 0.1]).auc).toBe(0.875);
    const at = rocOf([0.6, 0.59], [0.6, 0.1, 0.1, 0.1]).points.find(({ threshold }) => threshold === 0.6);
    expect(at).toEqual({ threshold: 0.6, tpr: 0.5, fpr: 0.25 });
  });

  it('counts what is blocked as warned about, and what is unknown as neither', () => {
    const scenario = {
      id: 'x',
      what: '',
      roc: null,
      setting: {},
      bounds: [atLeast('warned', 0.5), atMost('blocked', 0)],
    };
    const verdict = (risk: string, action: string) =>
      ({ risk, action, score: 0, subject: { entry: { name: 'n' } } }) as unknown as Verdict;
    const measured = measure(
      scenario,
      [
        verdict('high-risk', 'block'),
        verdict('suspicious', 'warn'),
        verdict('safe', 'allow'),
        verdict('unknown', 'block'),
      ],
      0,
    );
    expect(measured).toMatchObject({ n: 4, undecided: 1, blocked: { count: 1 }, warned: { share: 0.5 } });
    expect(measured.missed).toEqual([atMost('blocked', 0)]);
  });

  it('replaces what stands between its marks and nothing else', () => {
    const document = 'a\n<!-- bench:accuracy -->\nold $&\n<!-- /bench:accuracy -->\nb';
    expect(replaceBlock(document, 'new $1')).toBe(
      'a\n<!-- bench:accuracy -->\n\nnew $1\n\n<!-- /bench:accuracy -->\nb',
    );
    expect(() => replaceBlock('no marks', 'x')).toThrow('block');
  });
});

describe('its packuments', () => {
  const factsOf = (name: string, profile: Profile) =>
    parsePackument(
      JSON.parse(
        JSON.stringify(makePackage(name, profile, 'http://127.0.0.1:1/', randomFor('test')).document),
      ),
      name,
      NOW_MS,
    );
  const ageOf = (atMs: number | null | undefined) => Math.floor((NOW_MS - (atMs ?? Number.NaN)) / DAY_MS);

  it('say what the profile says', () => {
    const fresh = factsOf('morvex', FRESH);
    expect(fresh).toMatchObject({ releaseCount: 2, hasRepository: false, hasInstallScript: true });
    expect(fresh?.maintainerCount).toBe(1);
    expect(ageOf(fresh?.createdAtMs)).toBe(3);
    const old = factsOf('@morvex/core', healthy('@morvex/core'));
    expect(old).toMatchObject({ releaseCount: 40, maintainerCount: 2, hasInstallScript: false });
    expect(old?.repositoryUrl).toBe('git+https://github.com/morvex/core.git');
    expect(ageOf(old?.createdAtMs)).toBe(4 * 365 + 1);
    expect(old?.ownershipChangedAtMs).toBeNull();
  });

  it('hold no burst of releases', () => {
    expect(factsOf('morvex', aged('morvex'))?.mostReleasesIn24h).toBe(1);
  });

  it('leave out what mirrors leave out', () => {
    const facts = factsOf('morvex', mirrored(aged('morvex')));
    expect(facts).toMatchObject({ createdAtMs: null, maintainerCount: null, releaseCount: 4 });
    expect(ageOf(facts?.existedAtMs)).toBe(200);
  });

  it('are the same in every run', () => {
    const make = () => makePackage('morvex', FRESH, 'http://127.0.0.1:1/', randomFor('test'));
    expect(make()).toEqual(make());
  });
});

import { describe, expect, it } from 'vitest';
import { rememberedSession } from '../../../src/cli/remembered-session.js';
import type { Report } from '../../../src/model/report.js';
import { packagesDigest } from '../../../src/remember/packages-digest.js';
import type { Remembered } from '../../../src/remember/remembered.js';

const REFUSAL = { message: 'no', hint: '' };

/** A session that refuses all, and what was remembered of the project. */
function sessionOf(known: Partial<Report> | null) {
  let starts = 0;
  const refuse = async () => REFUSAL;
  const report = {
    status: 'allowed',
    summary: { suspicious: 0 },
    exceptions: [],
    ...known,
  } as unknown as Report;
  const packages = packagesDigest(['a@1.0.0', 'b@2.0.0']);
  const remembered: Remembered = { inputs: [], madeAtMs: 0, untilMs: 1, report, packages };
  const session = rememberedSession(known === null ? null : remembered, () => {
    starts++;
    const judging = { judgeProject: refuse, judgeLockfile: refuse, judgePackage: refuse };
    return Promise.resolve({ ...judging, refused: () => REFUSAL });
  });
  return { session, starts: () => starts };
}

function lockfile(...ids: string[]): object {
  return { packages: Object.fromEntries(ids.map((id) => [id, { resolution: { integrity: 'sha512-x' } }])) };
}

describe('the session of a project that was judged before', () => {
  it('judges nothing that was judged then', async () => {
    const { session, starts } = sessionOf({});
    expect(await session.judgeProject()).toBeNull();
    expect(await session.judgeLockfile(lockfile('b@2.0.0', 'a@1.0.0(b@2.0.0)'))).toBeNull();
    expect(await session.judgePackage({ name: 'a', version: '1.0.0' })).toBeNull();
    expect(session.refused()).toBeNull();
    expect(starts()).toBe(0);
  });

  it('judges another lockfile', async () => {
    const { session } = sessionOf({});
    expect(await session.judgeLockfile(lockfile('a@1.0.0', 'b@2.0.0', 'c@1.0.0'))).toBe(REFUSAL);
    expect(await session.judgeLockfile(lockfile('a@1.0.0'))).toBe(REFUSAL);
  });

  it('judges what pnpm has resolved, once it comes from a registry', async () => {
    const { session, starts } = sessionOf({});
    expect(await session.judgePackage({ name: 'c', version: '1.0.0', dist: {} })).toBe(REFUSAL);
    expect(session.refused()).toBe(REFUSAL);
    await session.judgePackage({ name: 'd', version: '1.0.0', dist: {} });
    expect(starts()).toBe(1);
  });

  it.each([
    ['nothing is known', null],
    ['the user is to be warned', { summary: { suspicious: 1 } as Report['summary'] }],
    ['an exception was applied', { exceptions: [{}] as unknown as Report['exceptions'] }],
  ])('judges everything where %s', async (_, known) => {
    const { session } = sessionOf(known);
    expect(await session.judgeProject()).toBe(REFUSAL);
    expect(await session.judgeLockfile(lockfile('a@1.0.0', 'b@2.0.0'))).toBe(REFUSAL);
    expect(await session.judgePackage({ name: 'a', version: '1.0.0' })).toBe(REFUSAL);
  });
});

import { describe, expect, it } from 'vitest';
import { judgeWay } from '../../../src/selftest/judge-way.js';
import { renderSelftest } from '../../../src/selftest/render.js';
import type { Observation } from '../../../src/selftest/try-way.js';

const REFUSED: Observation = {
  status: 1,
  wasDownloaded: false,
  isInPlace: false,
  hasRun: false,
  text: 'BLOCKED  phantom-guard-selftest-squat@1.0.0  high-risk',
};
const INSTALLED: Observation = {
  status: 0,
  wasDownloaded: true,
  isInPlace: true,
  hasRun: true,
  text: 'added 1 package',
};
const WAY = { title: 'npm install X' };

describe('the verdict on a way in', () => {
  it('is good where the squat is refused and the control is installed', () => {
    expect(judgeWay(WAY, ['shim', 'script gate'], REFUSED, INSTALLED)).toEqual({
      way: 'npm install X',
      level: 'T0',
      stopped: true,
      by: 'shim',
      wired: ['shim', 'script gate'],
      control: 'ran',
      ok: true,
      said: null,
    });
  });

  it('names the script gate where the package was downloaded', () => {
    const { level, by } = judgeWay(
      WAY,
      ['shim', 'script gate'],
      { ...REFUSED, wasDownloaded: true },
      INSTALLED,
    );
    expect({ level, by }).toEqual({ level: 'T2', by: 'script gate' });
  });

  it('names npm where no word of ours is in what it says', () => {
    const text = 'npm error 403 phantom-guard-selftest-squat';
    expect(judgeWay(WAY, [], { ...REFUSED, text }, INSTALLED).by).toBe('npm');
  });

  it.each([
    ['a guarded squat ran', ['shim'], INSTALLED, INSTALLED],
    ['a guarded squat landed without a script', ['preinstall'], { ...INSTALLED, hasRun: false }, INSTALLED],
    ['it was stopped and nobody was told', ['shim'], { ...REFUSED, status: 0 }, INSTALLED],
    ['the control is refused too', ['wrapper'], REFUSED, REFUSED],
    ['the control is silently not installed', ['wrapper'], REFUSED, { ...REFUSED, status: 0 }],
  ] as const)('fails a guard when %s', (_, guards, squat, control) => {
    const result = judgeWay(WAY, guards, squat, control);
    expect(result.ok).toBe(false);
    expect(result.said).not.toBeNull();
  });

  it('fails nobody where nothing is set up', () => {
    expect(judgeWay(WAY, [], INSTALLED, INSTALLED)).toMatchObject({ ok: true, stopped: false, by: null });
  });
});

describe('the table', () => {
  it('says which guard failed, with the end of what was printed', () => {
    const failed = judgeWay(WAY, ['script gate'], INSTALLED, INSTALLED);
    const text = renderSelftest({ status: 'not-stopped', npmVersion: null, ways: [failed] });
    expect(text).toContain('NOT STOPPED: its code ran (ran)');
    expect(text).toContain('script gate did not');
    expect(text).toContain('  | added 1 package');
  });

  it('says that all is well only where no way in is open', () => {
    const shut = judgeWay(WAY, ['wrapper'], REFUSED, INSTALLED);
    const open = judgeWay(WAY, [], INSTALLED, INSTALLED);
    const ending = (ways: (typeof shut)[]) =>
      renderSelftest({ status: 'stopped', npmVersion: '11.0.0', ways }).trim().split('\n').at(-1);
    expect(ending([shut])).toBe('Every way in is stopped.');
    expect(ending([shut, open])).toContain('the other ways in are open');
  });
});

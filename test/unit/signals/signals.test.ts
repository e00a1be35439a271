import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SignalCode } from '../../../src/model/signal.js';
import { signalTexts } from '../../../src/report/signal-texts.js';
import { detectors, detectSignals } from '../../../src/signals/index.js';
import { found, subject, UNKNOWN_FACTS } from '../../support/subjects.js';
import { signalCases } from './cases.js';

const codes = Object.keys(signalCases) as SignalCode[];

function codesOf(of: Parameters<typeof detectSignals>[0]): SignalCode[] {
  return detectSignals(of).map(({ code }) => code);
}

describe.each(codes)('%s', (code) => {
  it('fires for the attack that it answers', () => {
    expect(codesOf(signalCases[code].fires)).toContain(code);
  });

  it('stays silent for the nearest innocent case', () => {
    expect(codesOf(signalCases[code].innocent)).not.toContain(code);
  });

  it('has a page in the docs that is about it', () => {
    const page = path.resolve(import.meta.dirname, `../../../docs/signals/${code}.md`);
    expect(existsSync(page)).toBe(true);
    expect(readFileSync(page, 'utf8')).toMatch(new RegExp(`^# ${code}\n`));
  });

  it('is told to a person without a hole in the sentence', () => {
    const signal = detectSignals(signalCases[code].fires).find((one) => one.code === code);
    expect(signalTexts[code](signal?.evidence ?? {})).not.toMatch(/undefined|null|NaN/);
  });
});

describe('the detectors together', () => {
  it('are one for each signal of the model', () => {
    expect(detectors.map(({ code }) => code).toSorted()).toEqual(codes.toSorted());
  });

  it('find nothing against a healthy package', () => {
    expect(codesOf(subject())).toEqual(['OWN_REPOSITORY', 'LONG_HISTORY']);
  });

  it('find nothing in facts that the registry does not state', () => {
    expect(codesOf(subject({ answer: found(UNKNOWN_FACTS), weeklyDownloads: null }))).toEqual([]);
  });
});

describe.each(detectors.filter(({ needs }) => needs !== undefined))(
  '$code, which needs $needs',
  (detector) => {
    it('never fires without, so that nobody need ask it', () => {
      const { fires } = signalCases[detector.code];
      const { answer, downloads } = fires.knowledge;
      const known = {
        ...fires.knowledge,
        ...(detector.needs === 'facts' ? { answer: null } : { downloads: null }),
      };
      expect([answer, downloads].some((one) => one !== null)).toBe(true);
      expect(detector.detect(fires)).not.toBeNull();
      expect(detector.detect({ ...fires, knowledge: known })).toBeNull();
    });
  },
);

describe('what is no news', () => {
  const signalOf = (code: SignalCode, of: Parameters<typeof detectSignals>[0]) =>
    detectSignals(of).find((signal) => signal.code === code);

  it('is the install script of an established name', () => {
    const entry = { hasInstallScript: true };
    expect(signalOf('INSTALL_SCRIPT', subject({ entry, names: { popularity: 20 } }))?.weight).toBe(0);
    expect(signalOf('INSTALL_SCRIPT', subject({ entry }))?.weight).toBe(1);
  });

  it('is not one that the lockfile keeps quiet about', () => {
    const quiet = subject({ entry: { hasInstallScript: false }, facts: { hasInstallScript: true } });
    expect(signalOf('INSTALL_SCRIPT', quiet)?.weight).toBe(1);
  });

  it.each([
    [{ version: '0.0.1-security', direct: false }, null, true],
    [{ version: '0.0.1-security', direct: true }, null, false],
    [{ version: '0.0.1-security', direct: true }, 20, true],
    [{ version: '1.0.0', direct: false }, 20, false],
    [{ version: null, direct: false }, null, false],
  ])('is the placeholder that npm put there, in some places: %#', (entry, popularity, harmless) => {
    const held = subject({ entry, names: { popularity }, facts: { latestVersion: '0.0.1-security' } });
    expect(signalOf('SECURITY_HOLD', held)?.evidence['harmless']).toBe(harmless);
  });
});

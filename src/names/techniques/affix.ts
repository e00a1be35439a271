import type { Subject } from '../subject.js';
import type { Report, Technique } from '../technique.js';

const PREFIXES = [
  'node-',
  'nodejs-',
  'node.',
  'node',
  'js-',
  'js',
  'npm-',
  'ts-',
  'lib',
  'lib-',
  'the-',
  'is-',
];
const SUFFIXES = [
  '-node',
  '-nodejs',
  '.node',
  'node',
  '-js',
  '.js',
  'js',
  '_js',
  '-npm',
  '-ts',
  '.ts',
  '-lib',
  '-es',
  '-esm',
  '-cjs',
  '-pkg',
  '-package',
  '-module',
  '2',
  '-2',
  '3',
  '-3',
  '-v2',
  '-v3',
  '.io',
  'io',
  '-next',
  '-latest',
  '-core',
  '-official',
];
/** Affixes, in front or behind, that the imitated name may have where the imitation has none or another. */
const PUT_ON: readonly (readonly [before: string, after: string])[] = [
  ['node-', ''],
  ['js-', ''],
  ['node', ''],
  ['', '.js'],
  ['', '-js'],
  ['', 'js'],
  ['', '-node'],
  ['', '2'],
];
const VERSION = /[a-z][-.]?v?\d{1,3}$/;
const SHORTEST_STEM = 2;

/**
 * `lodash-js`, `node-express`, `nodemailerjs`, `moment2`: the name with an affix that says no more than "for
 * JavaScript".
 */
export const affix: Technique = {
  id: 'affix',
  signal: 'TYPOSQUAT',
  find(subject, report) {
    if (subject.scope !== null) return;
    const { base } = subject;
    const length = base.length;
    for (const prefix of PREFIXES)
      if (base.startsWith(prefix)) claimStem(subject, prefix.length, length, report);
    for (const suffix of SUFFIXES)
      if (base.endsWith(suffix)) claimStem(subject, 0, length - suffix.length, report);
    const version = VERSION.exec(base);
    if (version !== null) claimStem(subject, 0, version.index + 1, report);
    putOn(subject, 0, length, report);
  },
};

/** The stem `[from, to)` alone and with another affix. */
function claimStem(subject: Subject, from: number, to: number, report: Report): void {
  if (to - from < SHORTEST_STEM) return;
  const { base, edits, data } = subject;
  if (data.mayBeTarget(edits.of(from, to))) {
    const dropped = base.slice(0, from) + base.slice(to);
    const likeness = to - from < 4 ? 1 : /^[-._]|[-._]$/.test(dropped) ? 2.2 : 1.8;
    report.claim({
      technique: affix,
      imitated: base.slice(from, to),
      likeness,
      evidence: { affix: dropped },
    });
  }
  putOn(subject, from, to, report);
}

/** `ical-js` for `ical.js`: the stem with an affix that the name lacks. */
function putOn(subject: Subject, from: number, to: number, report: Report): void {
  const { base, edits, data } = subject;
  for (const [before, after] of PUT_ON) {
    if (!data.mayBeTarget(edits.wrapped(before, from, to, after))) continue;
    const imitated = before + base.slice(from, to) + after;
    const dropped = base.slice(0, from) + base.slice(to);
    const same = plain(dropped) === plain(before + after);
    const likeness = same ? 2.6 : dropped === '' ? 1.6 : 1.4;
    if (imitated !== base)
      report.claim({
        technique: affix,
        imitated,
        likeness,
        evidence: { affix: dropped, meant: before + after },
      });
  }
}

function plain(affixText: string): string {
  return affixText.replace(/[-._]/g, '');
}

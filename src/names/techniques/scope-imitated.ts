import { weight } from '../edit-hashes.js';
import { hashText } from '../hash.js';
import type { Subject } from '../subject.js';
import type { Report, Technique } from '../technique.js';
import { FIRST_DIGIT, FIRST_LETTER, lowestBit, splice } from './characters.js';

/**
 * What owners put behind or in front of their name when the plain scope is taken, and what models leave out.
 */
const SUFFIXES = [
  '-ai',
  'ai',
  '-js',
  'js',
  '-io',
  'io',
  'hq',
  '-hq',
  '-labs',
  'labs',
  '-org',
  'org',
  '-sdk',
  '-dev',
  'dev',
  '-team',
  '-inc',
  'inc',
  '-hub',
  'hub',
  '-core',
  '-oss',
  '-tools',
  '-api',
  '-official',
  '-cloud',
  '-public',
  's',
  '-packages',
  '-app',
];
const PREFIXES = ['the-', 'use', 'get', 'try', 'node-', 'js-'];

type Fitting = readonly [letters: number, digits: number];
const ANY: Fitting = [2 ** 26 - 1, 2 ** 10 - 1];

/**
 * `@anthropic/sdk` for `@anthropic-ai/sdk`, `@type/node`, `@babel-core/x`: a scope that looks like one with an
 * owner.
 */
export const scopeImitated: Technique = {
  id: 'scope-imitated',
  signal: 'NAMESPACE_SQUATTING',
  find(subject, report) {
    const { scope, ownedScope } = subject;
    if (scope === null || ownedScope) return;
    for (const suffix of SUFFIXES) {
      if (mayBeWanted(subject, subject.edits.spliced(scope.length, 0, suffix, scope.length)))
        claimScope(subject, scope + suffix, 2.6, report);
      if (scope.endsWith(suffix)) claimScope(subject, scope.slice(0, -suffix.length), 2.6, report);
    }
    for (const prefix of PREFIXES) {
      if (mayBeWanted(subject, subject.edits.spliced(1, 0, prefix, scope.length)))
        claimScope(subject, `@${prefix}${scope.slice(1)}`, 2.2, report);
      if (scope.startsWith(`@${prefix}`))
        claimScope(subject, `@${scope.slice(1 + prefix.length)}`, 2.2, report);
    }
    claimParts(subject, scope, report);
    claimEdits(subject, scope, report);
  },
};

/** The same package in the true scope if there is one, otherwise the scope's best known package. */
function claimScope(subject: Subject, scope: string, likeness: number, report: Report): void {
  if (scope === subject.scope || scope.length < 3) return;
  const same = `${scope}/${subject.base}`;
  const evidence = { scope: subject.scope ?? '', imitatedScope: scope };
  report.claim({ technique: scopeImitated, imitated: same, likeness: likeness + 0.4, evidence });
  const leader = subject.data.mayBeTarget(hashText(scope)) ? subject.data.scopeLeader(scope) : null;
  if (leader === null || leader.name === same) return;
  report.claim({ technique: scopeImitated, imitated: leader.name, likeness: likeness - 0.4, evidence });
}

/** `@babel-core/x`: scope and name of an established package are folded into the scope. */
function claimParts(subject: Subject, scope: string, report: Report): void {
  for (const { 0: separator, index } of scope.matchAll(/[-_.]+/g)) {
    const imitated = `${scope.slice(0, index)}/${scope.slice(index + separator.length)}`;
    if (index < 2) continue;
    const evidence = { scope, imitatedScope: scope.slice(0, index) };
    report.claim({ technique: scopeImitated, imitated, likeness: 2.6, evidence });
    claimScope(subject, scope.slice(0, index), 1.4, report);
  }
}

/** Scopes one character away; the package name need not exist there. */
function claimEdits(subject: Subject, scope: string, report: Report): void {
  const end = scope.length;
  for (let at = 1; at <= end; at++) {
    if (at < end) claimTypos(subject, scope, at, report);
    claimLetters(subject, scope, at, 0, 2.4, report);
    if (at < end) claimLetters(subject, scope, at, 1, 2, report);
  }
}

/** The character at `at` gone, exchanged with the next one, or with a `-` in front of it. */
function claimTypos(subject: Subject, scope: string, at: number, report: Report): void {
  const { edits } = subject;
  const end = scope.length;
  const claim = (hash: number, removed: number, insert: string): void => {
    if (mayBeWanted(subject, hash)) claimScope(subject, splice(scope, at, removed, insert), 2.4, report);
  };
  claim(edits.without(at, end), 1, '');
  if (at + 1 < end) claim(edits.swapped(at, end), 2, scope.charAt(at + 1) + scope.charAt(at));
  claim(edits.spliced(at, 0, '-', end), 0, '-');
}

/** Any letter in place of the `removed` characters (none or one) at `at`. */
function claimLetters(
  subject: Subject,
  scope: string,
  at: number,
  removed: 0 | 1,
  likeness: number,
  report: Report,
): void {
  const { edits, data } = subject;
  const base = removed === 0 ? edits.insertBase(at, scope.length) : edits.replaceBase(at, scope.length);
  const factor = weight(scope.length - at - removed);
  const [letters, digits] = charactersFor(subject, scope, at, removed);
  const claim = (character: number): void => {
    if (data.mayBeTarget((base + Math.imul(character, factor)) | 0))
      claimScope(subject, splice(scope, at, removed, String.fromCharCode(character)), likeness, report);
  };
  for (let rest = letters; rest !== 0; rest &= rest - 1) claim(FIRST_LETTER + lowestBit(rest));
  for (let rest = digits; rest !== 0; rest &= rest - 1) claim(FIRST_DIGIT + lowestBit(rest));
}

/**
 * Bits of the letters and digits that fit there in established names. The characters behind the scope's slash
 * are the package's own, which may be another one in the true scope: beside them everything fits.
 */
function charactersFor({ symbols, data }: Subject, scope: string, at: number, removed: 0 | 1): Fitting {
  if (at + removed >= scope.length) return ANY;
  const { contexts } = data;
  const right = at + 2 + removed;
  return [contexts.letters(symbols, at + 1, right), contexts.digits(symbols, at + 1, right)];
}

/** May the scope of this hash, or this package in it, be worth imitating? */
function mayBeWanted({ scope, name, edits, data }: Subject, hash: number): boolean {
  return (
    data.mayBeTarget(hash) || data.mayBeTarget(edits.append(hash, scope?.length ?? name.length, name.length))
  );
}

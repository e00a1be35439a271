import { weight } from '../edit-hashes.js';
import { hashText } from '../hash.js';
import type { Subject } from '../subject.js';
import type { Report, Technique } from '../technique.js';
import { NAME_CHARACTERS, splice } from './characters.js';

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
      claimScope(subject, scope + suffix, 2.6, report);
      if (scope.endsWith(suffix)) claimScope(subject, scope.slice(0, -suffix.length), 2.6, report);
    }
    for (const prefix of PREFIXES) {
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
    const candidates = [
      splice(scope, at, 1, ''),
      splice(scope, at, 2, scope.charAt(at + 1) + scope.charAt(at)),
      splice(scope, at, 0, '-'),
    ];
    for (const candidate of at < end ? candidates : []) claimScope(subject, candidate, 2.4, report);
    claimLetters(subject, scope, at, 0, 2.4, report);
    if (at < end) claimLetters(subject, scope, at, 1, 2, report);
  }
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
  for (const character of NAME_CHARACTERS) {
    if (!data.mayBeTarget((base + Math.imul(character, factor)) | 0)) continue;
    claimScope(subject, splice(scope, at, removed, String.fromCharCode(character)), likeness, report);
  }
}

import type { Subject } from '../model/verdict.js';
import { type Detector, factsOf } from './detector.js';

/** What npm publishes in the place of a package that it removed: https://github.com/npm/security-holder */
const PLACEHOLDER = /^0\.0\.1-security(?:\.\d+)?$/;

/**
 * The attack happened: npm removed the package for security reasons and holds its name with an empty placeholder, or
 * the registry refuses to serve it (status 451).
 *
 * Known false positives: well-known names that npm holds so that nobody takes them (`fs`). The placeholder itself is
 * empty, so it weighs little under an established name, and where only other packages ask for it.
 */
export const securityHold: Detector = {
  code: 'SECURITY_HOLD',
  detect: (subject) => {
    const facts = factsOf(subject);
    if (facts?.withheld === true) return { placeholder: null, harmless: false };
    const latest = facts?.latestVersion ?? null;
    const placeholder = [subject.entry.version, latest].find((one) => one !== null && isPlaceholder(one));
    return placeholder === undefined ? null : { placeholder, harmless: isHarmless(subject) };
  },
};

/** The version is one that npm puts in the place of what it removed. */
export function isPlaceholder(version: string): boolean {
  return PLACEHOLDER.test(version);
}

function isHarmless({ entry, names }: Subject): boolean {
  const isEmpty = entry.version === null || isPlaceholder(entry.version);
  return isEmpty && (names.popularity !== null || (!entry.direct && entry.version !== null));
}

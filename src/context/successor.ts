import { parsePackageName } from '../model/package-name.js';
import type { EstablishedName } from '../model/verdict.js';
import { establishedName, type PopularityOf } from './established.js';

/** Words after which a notice names the package to use. */
const POINTERS =
  /(?:use|using|renamed to|moved to|migrate to|migrated to|replaced by|replaced with|superseded by|in favou?r of|switch to|published as|available as|install|npmjs\.(?:com|org)\/package\/)[\s:"'`(]*(?:npm (?:i|install) )?((?:@[\w.~-]+\/)?[\w.~-]+)/gi;

/**
 * The established package that a deprecation notice names as its replacement. The publisher writes the notice, so a name
 * that is not established is never repeated as advice.
 */
export function successorOf(
  name: string,
  notice: string | null,
  popularityOf: PopularityOf,
): EstablishedName | null {
  for (const [, found = ''] of (notice ?? '').matchAll(POINTERS)) {
    const candidate = found.replace(/[.~-]+$/, '');
    if (candidate === name || parsePackageName(candidate) === null || isFillWord(candidate)) continue;
    const established = establishedName(candidate, popularityOf);
    if (established !== null) return established;
  }
  return null;
}

/** Established packages are called like these words; notices mean the words. */
function isFillWord(word: string): boolean {
  return /^(?:the|a|an|it|this|that|our|your|new|newer|latest|version|at|instead|npm|package|node|native|another|other|built-in|v?\d.*)$/i.test(
    word,
  );
}

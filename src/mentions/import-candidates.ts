import type { IsOpen } from './mention.js';
import { stringValue } from './string-value.js';

/** What may stand before a specifier. */
const SPACE = String.raw`(?:\s|\/\*(?:[^*]|\*(?!\/)){0,300}\*\/|\/\/[^\n]{0,300}\n)*`;
/** Every place where a specifier can stand, and many where none does: comments may stand before it. */
const CANDIDATE = new RegExp(
  String.raw`\b(?:from|import|require|resolve|createRequire\([^()]{0,80}\))${SPACE}(?:\(${SPACE})?("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\`[^\`$\n]*\`)`,
  'g',
);

/**
 * Whether a text may hold an open specifier: nearly all imports are of files and of declared packages, and to parse costs a
 * hundred times as much as to look.
 */
export function hasOpenCandidate(text: string, isOpen: IsOpen): boolean {
  for (const [, literal = ''] of text.matchAll(CANDIDATE)) {
    const value = stringValue(literal);
    if (value !== null && isOpen(value)) return true;
  }
  return false;
}

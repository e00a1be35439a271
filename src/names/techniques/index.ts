import type { Technique } from '../technique.js';
import { addedCharacter } from './added-character.js';
import { affix } from './affix.js';
import { bitFlip } from './bit-flip.js';
import { blend } from './blend.js';
import { caseVariant } from './case-variant.js';
import { combination } from './combination.js';
import { doubledCharacter } from './doubled-character.js';
import { lookAlike } from './look-alike.js';
import { neighbouringKey } from './neighbouring-key.js';
import { omittedCharacter } from './omitted-character.js';
import { otherEcosystem } from './other-ecosystem.js';
import { plural } from './plural.js';
import { replacedCharacter } from './replaced-character.js';
import { scopeAdded } from './scope-added.js';
import { scopeDropped } from './scope-dropped.js';
import { scopeImitated } from './scope-imitated.js';
import { separators } from './separators.js';
import { swappedCharacters } from './swapped-characters.js';
import { wordOrder } from './word-order.js';

/** Slips of one character: what the owner of a scope is looked at for, too, when a suggestion is wanted. */
export const CHARACTER_TECHNIQUES: readonly Technique[] = [
  swappedCharacters,
  doubledCharacter,
  omittedCharacter,
  addedCharacter,
  neighbouringKey,
  bitFlip,
  replacedCharacter,
  lookAlike,
  separators,
  plural,
  wordOrder,
];

/**
 * Every technique that needs an imitated npm name or PyPI name; where two explain a name equally well, the
 * first is named.
 */
export const TECHNIQUES: readonly Technique[] = [
  caseVariant,
  ...CHARACTER_TECHNIQUES,
  affix,
  scopeDropped,
  scopeAdded,
  scopeImitated,
  combination,
  blend,
  otherEcosystem,
];

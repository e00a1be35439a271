import { imitationDetector } from './imitation.js';

/**
 * The attack: a name as language models make them up, from an established name with generic words around it or from
 * two established names blended.
 *
 * Known false positives: genuine plugins and helpers, which are named in the same way.
 */
export const hallucinationPattern = imitationDetector('HALLUCINATION_PATTERN');

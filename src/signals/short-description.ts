import { type Detector, factsOf } from './detector.js';

/** The predecessor's bound, in characters. */
const SHORT = 10;

/**
 * The attack: a package made to be installed by mistake explains nothing.
 *
 * Known false positives: many genuine packages of one author. A registry that leaves the field out is no evidence.
 */
export const shortDescription: Detector = {
  code: 'SHORT_DESCRIPTION',
  needs: 'facts',
  detect: (subject) => {
    const characters = factsOf(subject)?.descriptionLength ?? null;
    return characters !== null && characters < SHORT ? { characters } : null;
  },
};

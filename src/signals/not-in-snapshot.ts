import type { Detector } from './detector.js';

/**
 * The attack: a name is registered after models began to invent it. Whatever its metadata claims, nobody used it at
 * the date of the bundled names.
 *
 * Known false positives: genuine packages newer than the data, and private ones. The filter wrongly knows one name in
 * 256, so an absence is certain and a presence is not.
 */
export const notInSnapshot: Detector = {
  code: 'NOT_IN_SNAPSHOT',
  detect: ({ names }) => (names.inSnapshot === false ? { inSnapshot: false } : null),
};

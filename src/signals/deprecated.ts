import { type Detector, factsOf } from './detector.js';

/**
 * The attack: nobody looks after a deprecated package any more. More often it is a help: names that were registered to
 * keep others off them are deprecated with a pointer to the right one.
 *
 * Known false positives: half of every old tree. It weighs next to nothing.
 */
export const deprecated: Detector = {
  code: 'DEPRECATED',
  detect: (subject) => {
    const notice = subject.entry.deprecated ?? factsOf(subject)?.deprecated ?? null;
    return notice === null ? null : { notice, successor: subject.context.successor?.name ?? null };
  },
};

import type { NameSignalCode } from '../model/name-judgement.js';
import type { Detector } from './detector.js';

/** How much a likeness counts where no project of the tree asks for the name, but a package: its author meant it. */
const INDIRECT_SHARE = 0.25;

/**
 * A name that resembles an established one, by the most convincing technique. Only one of the signals of this kind
 * fires for a name: several likenesses of one name are one piece of evidence.
 */
export function imitationDetector(code: NameSignalCode): Detector {
  return {
    code,
    detect: ({ entry, names }) => {
      const [best] = names.imitations;
      if (best === undefined || best.signal !== code) return null;
      const strength = Math.round(best.strength * (entry.direct ? 1 : INDIRECT_SHARE) * 1000) / 1000;
      return { imitated: best.imitated, technique: best.technique, ecosystem: best.ecosystem, strength };
    },
  };
}

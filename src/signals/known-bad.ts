import type { FeedKind, FeedMatch } from '../model/feed.js';
import type { Evidence, SignalCode } from '../model/signal.js';
import type { Detector } from './detector.js';

/** A package that one of the user's feeds names. */
export function knownBadDetector(code: SignalCode, kind: FeedKind): Detector {
  return {
    code,
    detect: ({ context }) => {
      const match = context.feeds.find((one) => one.kind === kind);
      return match === undefined ? null : evidenceOf(match);
    },
  };
}

function evidenceOf({ feed, id, versions }: FeedMatch): Evidence {
  return { feed, id, versions };
}

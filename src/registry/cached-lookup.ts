import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';

type Resolve = (
  hostname: string,
  options: LookupOptions,
  done: (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void,
) => void;
type Answer = { readonly address: string | LookupAddress[]; readonly family: number | undefined };

/** As long as npm's agent keeps an address. */
const TTL_MS = 5 * 60_000;

/**
 * A `lookup` for sockets that asks the resolver once per host. Sixty-four connections that open at once would otherwise
 * ask sixty-four times, four at a time, and a resolver that drops one query costs five seconds. Failures are not kept.
 */
export function createCachedLookup(resolve: Resolve = lookup, now: () => number = Date.now): LookupFunction {
  const known = new Map<string, { readonly answer: Promise<Answer>; readonly untilMs: number }>();
  const ask = (hostname: string, options: LookupOptions): Promise<Answer> => {
    const key = JSON.stringify([hostname, options.family, options.hints, options.all, options.order]);
    const entry = known.get(key);
    if (entry !== undefined && now() < entry.untilMs) return entry.answer;
    const answer = new Promise<Answer>((done, fail) => {
      resolve(hostname, options, (error, address, family) =>
        error ? fail(error) : done({ address, family }),
      );
    });
    known.set(key, { answer, untilMs: now() + TTL_MS });
    answer.catch(() => known.delete(key));
    return answer;
  };
  return (hostname, options, callback) => {
    ask(hostname, options).then(
      ({ address, family }) => callback(null, address, family),
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
}

export type Deadlines = {
  /** For the answer to a read or a claim, and for each of its keys a little more. */
  readonly answerMs: number;
  /** For a connection with TLS and AUTH. It is made once. */
  readonly connectMs: number;
  /** For what is written behind the caller. */
  readonly writeMs: number;
};

/** Where a store is, and how long to wait for it. */
export type RedisPlace = {
  /** Without parameters; it may have a password in it. */
  readonly url: string;
  /** `HOST[:PORT]`, to be shown. */
  readonly host: string;
  /** Of a cluster, URLs of nodes that tell of the others; `null` = one server. */
  readonly seeds: readonly string[] | null;
  readonly deadlines: Deadlines;
};

/** Milliseconds to wait for an answer where the URL doesn't say; a network of one organisation takes one or two. */
const DEADLINE_MS = 50;

/**
 * Reads the parameters, which are ours: the client knows none of them.
 *
 * @param place `redis[s]://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE][?deadline=MS][&cluster=true[&node=HOST[:PORT]]…]`
 */
export function parseRedisPlace(place: string): RedisPlace {
  const url = new URL(place);
  const { searchParams, host } = url;
  const answerMs = Number(searchParams.get('deadline') ?? DEADLINE_MS);
  const others = searchParams.getAll('node');
  const isCluster = searchParams.get('cluster') === 'true';
  url.search = '';
  return {
    url: url.href,
    host,
    seeds: isCluster ? [host, ...others].map((node) => `${url.protocol}//${node}`) : null,
    deadlines: { answerMs, connectMs: 5 * answerMs, writeMs: 20 * answerMs },
  };
}

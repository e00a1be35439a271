import type { FactAnswer, FactQuery, FactSource } from '../model/facts.js';

/** A fact source that holds connections. */
export type ConnectedSource<F> = FactSource<F> & {
  /** Drops every connection. */
  close(): Promise<void>;
  /** HTTP requests sent so far. */
  requests(): number;
};

/**
 * The source that `make` gives, made when the first name is asked about. `lookup` rejects where `make` does.
 *
 * @param settle answers a query that needs no source; `null` = it is asked
 */
export function createLateSource<F>(
  make: () => Promise<ConnectedSource<F>>,
  settle: (query: FactQuery<F>) => FactAnswer<F> | null = () => null,
): ConnectedSource<F> {
  let making: Promise<ConnectedSource<F>> | null = null;
  let made: ConnectedSource<F> | null = null;
  return {
    lookup: async (queries, context) => {
      const settled = new Map(queries.map((query) => [query.name, settle(query)]));
      const asked = queries.filter(({ name }) => settled.get(name) === null);
      const answers = new Map(
        [...settled].flatMap(([name, answer]) => (answer === null ? [] : [[name, answer] as const])),
      );
      for (const name of answers.keys()) context.onAnswer(name);
      if (asked.length === 0) return answers;
      making ??= make();
      made = await making;
      return new Map([...answers, ...(await made.lookup(asked, context))]);
    },
    requests: () => made?.requests() ?? 0,
    close: async () => await made?.close(),
  };
}

import type { FactSource } from '../model/facts.js';

/** A fact source that holds connections. */
export type ConnectedSource<F> = FactSource<F> & {
  /** Drops every connection. */
  close(): Promise<void>;
  /** HTTP requests sent so far. */
  requests(): number;
};

/** The source that `make` gives, made when the first name is asked about. `lookup` rejects where `make` does. */
export function createLateSource<F>(make: () => Promise<ConnectedSource<F>>): ConnectedSource<F> {
  let making: Promise<ConnectedSource<F>> | null = null;
  let made: ConnectedSource<F> | null = null;
  return {
    lookup: async (queries, context) => {
      if (queries.length === 0) return new Map();
      making ??= make();
      made = await making;
      return await made.lookup(queries, context);
    },
    requests: () => made?.requests() ?? 0,
    close: async () => await made?.close(),
  };
}

import type { FactAnswer, FactQuery, FactSource } from '../model/facts.js';

/**
 * Answers what needs no source, and asks `inner` for the rest: neither a service nor a cache is bothered with it.
 *
 * @param settle the answer to a query; `null` = it is asked
 */
export function createSettledSource<F>(
  inner: FactSource<F>,
  settle: (query: FactQuery<F>) => FactAnswer<F> | null,
): FactSource<F> {
  return {
    lookup: async (queries, context) => {
      const settled = new Map(queries.map((query) => [query.name, settle(query)]));
      const asked = queries.filter(({ name }) => settled.get(name) === null);
      const answers = new Map(
        [...settled].flatMap(([name, answer]) => (answer === null ? [] : [[name, answer] as const])),
      );
      for (const name of answers.keys()) context.onAnswer(name);
      if (asked.length === 0) return answers;
      return new Map([...answers, ...(await inner.lookup(asked, context))]);
    },
  };
}

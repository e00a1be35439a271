import { performance } from 'node:perf_hooks';

/** One target of the load, with the latencies of its requests, in milliseconds. */
export type Target = { readonly title: string; readonly url: string; readonly latencies: number[] };

/** Requests at once; more would measure the queue of two cores. */
const AT_ONCE = 4;

/**
 * Asks every target for the same documents, a batch of one target after a batch of the other, so that what else the machine does
 * strikes all alike. Throws where an answer is not 200.
 */
export async function measureLoad(
  targets: readonly Target[],
  names: readonly string[],
  rounds: number,
): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? targets : targets.toReversed();
    for (const target of order) await askAll(target, names);
  }
}

async function askAll({ url, latencies }: Target, names: readonly string[]): Promise<void> {
  const open = [...names];
  const work = async (): Promise<void> => {
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      const startMs = performance.now();
      const response = await fetch(`${url}${name}`, { headers: { accept: 'application/json' } });
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`${url}${name}: ${response.status}`);
      latencies.push(performance.now() - startMs);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** @param share of the values that are not above it, as 0.99 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

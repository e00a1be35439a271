/** Untimed and timed calls of a loop. */
export type Rounds = { readonly warmUp: number; readonly timed: number };

/** Wall time of each call in milliseconds, after calls that let V8 compile. `work` gets the number of its call from 0 on. */
export async function timeEach(
  { warmUp, timed }: Rounds,
  work: (call: number) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  for (let call = 0; call < warmUp + timed; call++) {
    const startMs = performance.now();
    await work(call);
    const elapsedMs = performance.now() - startMs;
    if (call >= warmUp) times.push(elapsedMs);
  }
  return times;
}

/** The same without the turn of the event loop that `await` takes. */
export function timeEachSync({ warmUp, timed }: Rounds, work: (call: number) => unknown): number[] {
  const times: number[] = [];
  for (let call = 0; call < warmUp + timed; call++) {
    const startMs = performance.now();
    work(call);
    const elapsedMs = performance.now() - startMs;
    if (call >= warmUp) times.push(elapsedMs);
  }
  return times;
}

export async function timeOnce(work: () => Promise<unknown>): Promise<number> {
  const [elapsedMs = Number.NaN] = await timeEach({ warmUp: 0, timed: 1 }, work);
  return elapsedMs;
}

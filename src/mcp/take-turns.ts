/** Does one piece of work, when it is its turn. */
export type Turns = <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/** At most `most` pieces of work are under way at once, the others wait in order; what is aborted while it waits is not begun. */
export function takeTurns(most: number): Turns {
  const waiting: (() => void)[] = [];
  let underWay = 0;
  return async (work, signal) => {
    if (underWay >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else underWay++;
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) underWay--;
      else next();
    }
  };
}

/** A timer that comes so much later shows that this process was busy, and the answer may wait behind it. */
const BUSY_MS = 10;
/** So often the time starts anew then. */
const MOST_STARTS = 4;

/** What `work` gives; rejects when it takes longer than `ms` milliseconds in which this process was free to take it. */
export async function beforeDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const start = (left: number): void => {
      const dueMs = performance.now() + ms;
      timer = setTimeout(() => {
        if (left > 0 && performance.now() - dueMs > BUSY_MS) start(left - 1);
        else reject(new Error(`no answer in ${Math.round(ms)} ms`));
      }, ms);
    };
    start(MOST_STARTS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // What it does after that is nobody's concern.
    work.catch(() => undefined);
  }
}

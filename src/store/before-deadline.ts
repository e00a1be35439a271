/** What `work` gives; rejects when it takes longer. What it does then is nobody's concern any more. @param ms milliseconds */
export async function beforeDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    // An answer that waits behind other work of this process is not late: the event loop hands it over first.
    timer = setTimeout(
      () => setImmediate(() => setImmediate(reject, new Error(`no answer in ${Math.round(ms)} ms`))),
      ms,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}

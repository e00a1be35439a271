/** Bytes in use after everything that nobody holds was collected. Needs --expose-gc. */
export type InUse = { readonly heapBytes: number; readonly residentBytes: number };

/** A collection may leave what finalizers let go of to the next. */
const COLLECTIONS = 3;

export function collectAndMeasure(): InUse {
  if (globalThis.gc === undefined) throw new Error('start node with --expose-gc');
  for (let time = 0; time < COLLECTIONS; time++) globalThis.gc();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heapBytes: heapUsed + external, residentBytes: rss };
}

const collator = new Intl.Collator('en', { numeric: true });

/** Order of two cells by their keys: numbers by size, all else as words. */
export function compareKeys(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  return Number.isNaN(x) || Number.isNaN(y) ? collator.compare(a, b) : x - y;
}

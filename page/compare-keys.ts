const collator = new Intl.Collator('en', { numeric: true });

/** Order of two cells by their keys: numbers by size, all else as words. */
export function compareKeys(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  return Number.isNaN(difference) ? collator.compare(a, b) : difference;
}

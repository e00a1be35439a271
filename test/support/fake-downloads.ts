type Counts = Readonly<Record<string, number | null>>;
type Answer = { readonly status: number; readonly body: Record<string, unknown> };

/** Answers `NAME[,NAME…]` as npm's download service does: one name gives its entry or 404, several give a table. */
export function downloadsAnswer(counts: Counts, names: string): Answer {
  const asked = names.split(',');
  const [first = ''] = asked;
  if (asked.length > 1)
    return { status: 200, body: Object.fromEntries(asked.map((name) => [name, entry(counts, name)])) };
  const single = entry(counts, first);
  return single === null
    ? { status: 404, body: { error: `package ${first} not found` } }
    : { status: 200, body: single };
}

function entry(counts: Counts, name: string): Record<string, unknown> | null {
  const downloads = Object.hasOwn(counts, name) ? counts[name] : null;
  if (downloads === null || downloads === undefined) return null;
  return { downloads, start: '2026-01-01', end: '2026-01-07', package: name };
}

const MARKERS = ['<<<<<<<', '>>>>>>>'];

/**
 * The offset of the first merge-conflict marker that starts a line, or -1.
 * Neither JSON nor the YAML that pnpm writes can have one there otherwise, and no conflict is without these two.
 */
export function findConflictMarker(text: string): number {
  const offsets = MARKERS.map((marker) => findAtLineStart(text, marker)).filter((offset) => offset >= 0);
  return offsets.length === 0 ? -1 : Math.min(...offsets);
}

function findAtLineStart(text: string, marker: string): number {
  for (let at = text.indexOf(marker); at >= 0; at = text.indexOf(marker, at + marker.length)) {
    const before = at === 0 ? '\n' : text[at - 1];
    const after = text[at + marker.length] ?? '\n';
    if (before === '\n' && (after === ' ' || after === '\n' || after === '\r')) return at;
  }
  return -1;
}

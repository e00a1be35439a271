import type { HeapGraph } from './heap-snapshot.js';

/** Node types that are data; functions, code, maps of objects and what belongs to Node are not. */
const DATA: ReadonlySet<string> = new Set([
  'object',
  'array',
  'string',
  'concatenated string',
  'sliced string',
  'number',
  'heap number',
  'regexp',
  // The bytes of typed arrays.
  'native',
]);

/** Edges that lead out of a table: to its shape, its class and what V8 keeps about it. */
const ASIDE: ReadonlySet<string> = new Set(['__proto__', 'map', 'constructor', 'prototype']);

/**
 * Bytes of data that each top-level constant of the modules with one of the constants `markers` holds, functions left
 * out, largest first; what two of them hold counts for the first.
 *
 * @throws Error where no module has a marker: it was renamed
 */
export function moduleTables(heap: HeapGraph, markers: readonly string[]): ReadonlyMap<string, number> {
  const seen = new Set<number>();
  const found = new Set<string>();
  const sizes = new Map<string, number>();
  for (const node of heap.nodes()) {
    if (heap.nameOf(node) !== 'system / Context') continue;
    const variables = [...heap.edgesOf(node)].filter(({ type }) => type === 'context');
    const marker = variables.find(({ name }) => markers.includes(name));
    if (marker === undefined) continue;
    found.add(marker.name);
    for (const { name, to } of variables) {
      const bytes = heldBy(heap, to, seen);
      if (bytes > 0) sizes.set(name, (sizes.get(name) ?? 0) + bytes);
    }
  }
  const lost = markers.filter((marker) => !found.has(marker));
  if (lost.length > 0) throw new Error(`no module has ${lost.join(', ')}`);
  return new Map([...sizes].toSorted(([, a], [, b]) => b - a));
}

function heldBy(heap: HeapGraph, root: number, seen: Set<number>): number {
  let bytes = 0;
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node) || !DATA.has(heap.typeOf(node)) || heap.nameOf(node).startsWith('system / ')) continue;
    seen.add(node);
    bytes += heap.sizeOf(node);
    for (const { type, name, to } of heap.edgesOf(node))
      if (type !== 'weak' && type !== 'shortcut' && !ASIDE.has(name)) open.push(to);
  }
  return bytes;
}

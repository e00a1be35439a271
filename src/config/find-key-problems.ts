import type { Node } from 'jsonc-parser';
import type { ConfigProblem } from './config-error.js';
import { type KeyPath, patternOf, quote } from './key-path.js';
import { KNOWN_KEYS } from './schema.js';

/**
 * Keys that are there twice and keys that nobody knows, at any depth of a configuration. The schema alone would report
 * one unknown key for each object, and no duplicates.
 *
 * @param path of `node`, relative to the configuration
 */
export function findKeyProblems(node: Node, path: KeyPath = []): readonly ConfigProblem[] {
  const children = node.children ?? [];
  if (node.type === 'array')
    return children.flatMap((child, index) => findKeyProblems(child, [...path, index]));
  if (node.type !== 'object') return [];
  const known = KNOWN_KEYS.get(patternOf(path));
  const inner = children.flatMap(({ children: [key, value] = [] }) =>
    key === undefined || value === undefined ? [] : findKeyProblems(value, [...path, String(key.value)]),
  );
  return [
    ...findDuplicates(node, path),
    ...(known === undefined ? [] : findUnknown(node, path, known)),
    ...inner,
  ];
}

/** The keys that an object has more than once. */
export function findDuplicates(node: Node, path: KeyPath): readonly ConfigProblem[] {
  const seen = new Set<string>();
  return keysOf(node).flatMap(({ name, offset }) => {
    const isNew = !seen.has(name);
    seen.add(name);
    const hint = 'Keep one of the two: readers differ on which of them counts.';
    return isNew ? [] : [{ offset, keyPath: [...path, name], message: 'this key is there twice', hint }];
  });
}

function findUnknown(node: Node, path: KeyPath, known: readonly string[]): readonly ConfigProblem[] {
  return keysOf(node)
    .filter(({ name }) => !known.includes(name))
    .map(({ name, offset }) => ({
      offset,
      keyPath: [...path, name],
      message: 'unknown key',
      hint: `${suggest(name, known)}Known here: ${known.map(quote).join(', ')}.`,
    }));
}

function suggest(name: string, known: readonly string[]): string {
  const plain = (key: string): string => key.toLowerCase().replace(/[^a-z]|s$/g, '');
  const meant = known.find((key) => plain(key) === plain(name));
  return meant === undefined ? '' : `Did you mean ${quote(meant)}? `;
}

type Key = { readonly name: string; readonly offset: number };

function keysOf({ children = [] }: Node): readonly Key[] {
  return children.flatMap(({ children: [key] = [] }) =>
    key === undefined ? [] : [{ name: String(key.value), offset: key.offset }],
  );
}

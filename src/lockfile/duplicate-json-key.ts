import { skipSpace, stringEnd } from './json-keys.js';

export type DuplicateKey = { readonly key: string; readonly offset: number };

/** The first key of a valid JSON document that its object already has, or `null`. */
export function findDuplicateKey(json: string): DuplicateKey | null {
  const open: Set<string>[] = [];
  const token = /["{}]/g;
  for (let match = token.exec(json); match !== null; match = token.exec(json)) {
    if (match[0] === '{') open.push(new Set());
    else if (match[0] === '}') open.pop();
    else {
      const end = stringEnd(json, match.index);
      token.lastIndex = end + 1;
      const keys = json[skipSpace(json, end + 1)] === ':' ? open.at(-1) : undefined;
      if (keys === undefined) continue;
      const key: string = JSON.parse(json.slice(match.index, end + 1));
      if (keys.has(key)) return { key, offset: match.index };
      keys.add(key);
    }
  }
  return null;
}

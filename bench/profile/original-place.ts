import { existsSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapping } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CallFrame } from './tree.js';

export type Place = {
  /** The file that was written by hand, relative to the repository; a `node:` module; or what V8 itself does. */
  readonly file: string;
  /** Name and line. */
  readonly label: string;
};

/** Looks frames up in the source maps of the bundle, whose names are minified. */
export function createPlaceFinder(root: string): (frame: CallFrame) => Place {
  const maps = new Map<string, SourceMap | null>();
  const mapOf = (file: string): SourceMap | null => {
    const known = maps.get(file);
    if (known !== undefined) return known;
    const map = existsSync(`${file}.map`)
      ? new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')))
      : null;
    maps.set(file, map);
    return map;
  };
  return ({ functionName, url, lineNumber, columnNumber }) => {
    const name = functionName === '' ? '(anonymous)' : functionName;
    if (!url.startsWith('file:')) {
      const file = url === '' ? '(V8 and native code)' : url;
      return { file, label: url === '' ? name : `${name} ${url}:${lineNumber + 1}` };
    }
    const file = fileURLToPath(url);
    const found = mapOf(file)?.findEntry(lineNumber, columnNumber);
    if (!hasSource(found)) {
      const shown = path.relative(root, file);
      return { file: shown, label: `${name} ${shown}:${lineNumber + 1}` };
    }
    const original = path.relative(root, path.resolve(path.dirname(file), found.originalSource));
    return { file: original, label: `${name} ${original}:${found.originalLine + 1}` };
  };
}

/** Node answers with an empty object outside every mapping, and without a source for what the bundler added itself. */
function hasSource(found: SourceMapping | object | undefined): found is SourceMapping {
  return found !== undefined && 'originalSource' in found && found.originalSource !== undefined;
}

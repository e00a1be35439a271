import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { kindOf } from '../../src/mentions/file-kind.js';
import { mentionTree } from '../../src/mentions/mention-tree.js';
import { readMentions } from '../../src/mentions/read-mentions.js';
import { filesBelow } from './read-projects.js';

/** How many of the invented names of the corpus are found at their line and column; the test of the corpus lists those that aren't. */
export async function measureRecall(folder: string): Promise<string> {
  const root = resolve(folder);
  const files = filesBelow(root);
  const { locations } = mentionTree(await readMentions({ root, context: files, files }));
  const found = new Set(
    [...locations.values()].flat().map(({ file, line, column }) => `${file}:${line}:${column}`),
  );
  const wanted = files
    .filter((file) => kindOf(file) !== null)
    .flatMap((file) => placesIn(file, readFileSync(join(root, file), 'utf8')));
  const hits = wanted.filter((place) => found.has(place)).length;
  const kinds = new Set(wanted.map((place) => place.split(':')[0]));
  return `corpus: ${hits} of ${wanted.length} names found at their places in ${kinds.size} files; ${found.size} places reported`;
}

function placesIn(file: string, text: string): readonly string[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      [...line.matchAll(/@?zq-find/g)].map(({ index: column }) => `${file}:${index + 1}:${column + 1}`),
    );
}

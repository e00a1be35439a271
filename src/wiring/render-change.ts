import path from 'node:path';
import type { Change, FileChange } from './change.js';
import { unifiedDiff } from './unified-diff.js';

/** A manifest is read with what is around the change; in other files that is nobody's business (tokens, for one). */
const CONTEXT_OF_MANIFEST = 3;

/** One change as lines of a unified diff; `base` is what paths are shown relative to. Not sanitised. */
export function renderChange(change: Change, base: string | null): readonly string[] {
  const name = shownPath(change.path, base);
  if (change.kind === 'folder') {
    return change.source === null
      ? [`remove the folder ${name}`]
      : [`copy ${change.files.length} files of ${change.source} to ${name}`];
  }
  const { before, after } = change;
  const context = path.basename(change.path) === 'package.json' ? CONTEXT_OF_MANIFEST : 0;
  return [
    `--- ${before === null ? '/dev/null' : name}`,
    `+++ ${after === null ? '/dev/null' : name}`,
    ...unifiedDiff(textOf(before), textOf(after), context).flatMap((line) => line.split('\n')),
  ];
}

/** What becomes of the file or folder, in one word. */
export function kindOfChange(change: Change): 'added' | 'changed' | 'removed' {
  if (change.kind === 'folder') return change.source === null ? 'removed' : 'added';
  if (change.after === null) return 'removed';
  return change.before === null ? 'added' : 'changed';
}

function shownPath(file: string, base: string | null): string {
  return base === null ? file : path.relative(base, file).split(path.sep).join('/');
}

function textOf(bytes: FileChange['before']): string | null {
  return bytes === null ? null : bytes.toString('utf8');
}

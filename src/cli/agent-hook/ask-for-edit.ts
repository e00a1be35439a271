import path from 'node:path';
import { parsePatch, patchText, replaceIn } from '../../agent/edit-text.js';
import type { ToolCall } from '../../agent/hook-call.js';
import { likelySpecs, manifestChanges } from '../../agent/manifest-changes.js';
import { guardedFile } from '../../shell/guarded-file.js';
import { isManifest } from '../../shell/is-manifest.js';
import { isOfInterest } from './is-of-interest.js';
import { readSmallFile } from './places.js';
import type { Requests } from './requests.js';

/** More is no package.json that somebody wrote. */
const MOST_BYTES = 4 * 1024 * 1024;

type Edit = {
  /** Absolute. */
  readonly file: string;
  /** The file's text after the edit; `null` = that can't be worked out. */
  readonly apply: (before: string) => string | null;
  /** What the edit puts in, where it can't be applied. */
  readonly pieces: string;
};

/** Notes what edits of files bring in. `run` looks at a script of package.json as at a line of a shell. */
export function askForEdit(
  call: ToolCall,
  cwd: string,
  requests: Requests,
  run: (script: string, dir: string) => void,
): void {
  for (const edit of editsOf(call, cwd)) askForOne(edit, requests, run);
}

function editsOf(call: ToolCall, cwd: string): readonly Edit[] {
  switch (call.kind) {
    case 'write':
      return [{ file: path.resolve(cwd, call.file), apply: () => call.text, pieces: call.text }];
    case 'replace': {
      const pieces = call.replacements.map(({ after }) => after).join('\n');
      const apply = (before: string): string | null => replaceIn(before, call.replacements);
      return [{ file: path.resolve(cwd, call.file), apply, pieces }];
    }
    case 'patch':
      return parsePatch(call.text).map(({ file, hunks, added }) => ({
        file: path.resolve(cwd, file),
        apply: (before) => added ?? (hunks === null ? '' : patchText(before, hunks)),
        pieces: added ?? (hunks ?? []).map(({ after }) => after).join('\n'),
      }));
    case 'shell':
    case 'other':
      return [];
  }
}

function askForOne(
  { file, apply, pieces }: Edit,
  requests: Requests,
  run: (script: string, dir: string) => void,
): void {
  const what = guardedFile(file);
  const before = isOfInterest(file) ? readSmallFile(file, MOST_BYTES) : null;
  const after = apply(before ?? '');
  if (what === 'agent-settings') {
    if (losesHook(before, after)) requests.problems.push({ kind: 'override', what });
  } else if (what !== null) requests.problems.push({ kind: 'override', what });
  if (isManifest(file)) askForManifest(file, before, after ?? pieces, requests, run);
}

/** Whether the guard's hook is gone after the edit, or hooks are switched off. */
function losesHook(before: string | null, after: string | null): boolean {
  if (after === null) return before !== null && /agent-hook/.test(before);
  const isGone = before !== null && /agent-hook/.test(before) && !/agent-hook/.test(after);
  return (
    isGone ||
    (/"disableAllHooks"\s*:\s*true/.test(after) && !/"disableAllHooks"\s*:\s*true/.test(before ?? ''))
  );
}

/** Notes what a package.json of this text asks for that the file on the disk does not. */
export function askForManifest(
  file: string,
  before: string | null,
  after: string,
  requests: Requests,
  run: (script: string, dir: string) => void,
): void {
  const dir = path.dirname(file);
  const changes = manifestChanges(before, after);
  const specs = changes?.specs ?? likelySpecs(after);
  if (specs.length > 0) requests.packages.push({ specs, dir, manager: 'npm', how: 'install' });
  if (changes?.changesGuard === true) requests.problems.push({ kind: 'override', what: 'configuration' });
  for (const script of changes?.scripts ?? []) run(script, dir);
}

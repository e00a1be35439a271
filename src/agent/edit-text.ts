import type { Replacement } from './hook-call.js';

/** A text after replacements; `null` = one of them finds nothing to replace, and the agent's tool will refuse it. */
export function replaceIn(text: string, replacements: readonly Replacement[]): string | null {
  let edited = text;
  for (const { before, after, isEverywhere } of replacements) {
    if (before === '') edited = edited === '' ? after : `${edited}${after}`;
    else if (!edited.includes(before)) return null;
    else if (isEverywhere) edited = edited.replaceAll(before, () => after);
    else edited = edited.replace(before, () => after);
  }
  return edited;
}

/** What a patch makes of one file. */
export type PatchedFile = {
  readonly file: string;
  /** `null` = it is removed. */
  readonly hunks: readonly Hunk[] | null;
  /** The whole text of a new file. */
  readonly added: string | null;
};
type Hunk = { readonly before: string; readonly after: string };

/** Reads the patches of Codex (`*** Begin Patch`). */
export function parsePatch(text: string): readonly PatchedFile[] {
  const sections = text.split(/^\*\*\* (?=(?:Add|Update|Delete) File: )/m).slice(1);
  return sections.map((section) => {
    const [head = '', ...lines] = section.split(/\r?\n/);
    const [, verb = '', file = ''] = /^(Add|Update|Delete) File: (.*)$/.exec(head) ?? [];
    const moved = lines
      .map((line) => /^\*\*\* Move to: (.*)$/.exec(line)?.[1])
      .find((one) => one !== undefined);
    const body = lines.filter((line) => !line.startsWith('*** '));
    if (verb === 'Delete') return { file, hunks: null, added: null };
    if (verb === 'Add') return { file, hunks: [], added: linesWith(body, /^\+/) };
    return { file: moved ?? file, hunks: hunksOf(body), added: null };
  });
}

/** The file's text after its hunks; `null` where one finds no place. */
export function patchText(text: string, hunks: readonly Hunk[]): string | null {
  let edited = text;
  for (const { before, after } of hunks) {
    if (!edited.includes(before)) return null;
    edited = edited.replace(before, () => after);
  }
  return edited;
}

function hunksOf(lines: readonly string[]): readonly Hunk[] {
  const hunks: string[][] = [[]];
  for (const line of lines) {
    if (line.startsWith('@@')) hunks.push([]);
    else hunks.at(-1)?.push(line);
  }
  return hunks
    .filter((hunk) => hunk.some((line) => /^[+-]/.test(line)))
    .map((hunk) => ({ before: linesWith(hunk, /^[ -]/), after: linesWith(hunk, /^[ +]/) }));
}

function linesWith(lines: readonly string[], mark: RegExp): string {
  return lines
    .filter((line) => mark.test(line))
    .map((line) => line.slice(1))
    .join('\n');
}

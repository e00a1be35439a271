import { applyEdits, findNodeAtLocation, modify, type Node, type ParseError, parseTree } from 'jsonc-parser';
import { insertInto } from '../config/insert-json.js';
import { NEW_FILE_STYLE, renderJson, styleOf } from '../config/text-style.js';
import { GuardError } from '../errors.js';
import { type AgentHooks, isOurs } from './agent-hooks.js';

type Entries = ReturnType<AgentHooks['entries']>;

/**
 * The settings with the guard's entries and no other ones of it; all else stays as it is written.
 *
 * @param text `null` = there is no file
 * @throws GuardError CONFIG_INVALID for what is no JSON object
 */
export function addHooks(
  text: string | null,
  frame: AgentHooks['frame'],
  entries: Entries,
  file: string,
): string {
  const start = text === null || text.trim() === '' ? `${renderJson(frame, NEW_FILE_STYLE, '')}\n` : text;
  if (hasExactly(start, entries, file)) return start;
  const added = entries.reduce(
    (edited, [event, entry]) => addEntry(edited, event, entry, file),
    withoutOurs(start, file),
  );
  if (!hasExactly(added, entries, file))
    throw new GuardError('INTERNAL', `the hook did not get into ${file}`, 'Please report this.');
  return added;
}

/** The settings without the guard's entries, and without lists that only they filled; `null` = nothing else is left of it. */
export function removeHooks(text: string, frame: AgentHooks['frame'], file: string): string | null {
  const removed = withoutOurs(text, file);
  if (removed === text) return text;
  return JSON.stringify(JSON.parse(removed)) === JSON.stringify(frame) ? null : removed;
}

function hasExactly(text: string, entries: Entries, file: string): boolean {
  const wanted = entries.map(([event, entry]) => JSON.stringify([event, entry])).toSorted();
  const found = oursIn(text, file).map(({ event, value }) => JSON.stringify([event, value]));
  return JSON.stringify(found.toSorted()) === JSON.stringify(wanted);
}

type Found = { readonly event: string; readonly index: number; readonly value: unknown };

function oursIn(text: string, file: string): readonly Found[] {
  const hooks = findNodeAtLocation(parse(text, file), ['hooks']);
  return (hooks?.children ?? []).flatMap(({ children: [key, list] = [] }) =>
    (list?.type === 'array' ? (list.children ?? []) : []).flatMap((node, index) => {
      const value: unknown = JSON.parse(text.slice(node.offset, node.offset + node.length));
      return isOurs(value) ? [{ event: String(key?.value), index, value }] : [];
    }),
  );
}

function withoutOurs(text: string, file: string): string {
  let edited = text;
  for (let [found] = oursIn(edited, file); found !== undefined; [found] = oursIn(edited, file)) {
    const { event, index } = found;
    edited = applyEdits(edited, modify(edited, ['hooks', event, index], undefined, {}));
    for (const path of [['hooks', event], ['hooks']]) {
      const node = findNodeAtLocation(parse(edited, file), path);
      if (node !== undefined && (node.children ?? []).length === 0)
        edited = applyEdits(edited, modify(edited, path, undefined, {}));
    }
  }
  return edited;
}

function addEntry(text: string, event: string, entry: object, file: string): string {
  const root = parse(text, file);
  const hooks = findNodeAtLocation(root, ['hooks']);
  const list = findNodeAtLocation(root, ['hooks', event]);
  const style = styleOf(text);
  if (hooks === undefined)
    return applyEdits(text, [insertInto(text, root, 'hooks', { [event]: [entry] }, style)]);
  if (hooks.type !== 'object' || (list !== undefined && list.type !== 'array'))
    throw invalid(file, '"hooks" is not what it should be');
  return applyEdits(text, [
    list === undefined
      ? insertInto(text, hooks, event, [entry], style)
      : insertInto(text, list, null, entry, style),
  ]);
}

function parse(text: string, file: string): Node {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  if (root?.type !== 'object' || errors.length > 0) throw invalid(file, 'it holds no JSON object');
  return root;
}

function invalid(file: string, why: string): GuardError {
  return new GuardError('CONFIG_INVALID', `${file}: ${why}`, 'Correct the file; the agent needs it too.');
}

import { applyEdits, findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { insertInto } from '../config/insert-json.js';
import { lineIndent, renderJson, styleOf } from '../config/text-style.js';
import { GuardError } from '../errors.js';

/** The script that the project runs. */
export const PREINSTALL = 'node .phantom-guard/preinstall.cjs';

/** Words of a shell after which what was refused would go on, unless they stand in parentheses. */
const GOES_ON = /[;&|\r\n]/;

/**
 * A package.json, without byte order mark, whose `preinstall` runs the guard before what it ran. All else stays.
 *
 * @throws GuardError MANIFEST_UNREADABLE, USAGE for a script that can't be joined to
 */
export function addPreinstall(text: string): string {
  const { root, scripts, preinstall } = read(text);
  if (isWired(preinstall)) return text;
  const edited = ((): string => {
    if (preinstall !== undefined) return around(text, preinstall, joined(String(preinstall.value)));
    if (scripts !== undefined) return addMember(text, scripts, 'preinstall', PREINSTALL);
    return addMember(text, root, 'scripts', { preinstall: PREINSTALL });
  })();
  if (!isWired(read(edited).preinstall) || !JSON.parse(edited).scripts.preinstall.startsWith(PREINSTALL))
    throw unreadable('its "scripts" are not what they seem (is a key there twice?)');
  return edited;
}

/** The inverse of `addPreinstall`; a script that does not begin with the guard stays. */
export function removePreinstall(text: string): string {
  const { root, scripts, preinstall } = read(text);
  if (scripts === undefined || preinstall === undefined || !isWired(preinstall)) return text;
  const value = String(preinstall.value);
  if (value !== PREINSTALL) return withoutAround(text, preinstall, value);
  return isMadeByUs(text, scripts)
    ? removeMember(text, root, scripts)
    : removeMember(text, scripts, preinstall);
}

/** Whether the guard is what `preinstall` runs first. */
export function isWired(preinstall: Node | undefined): boolean {
  return (
    typeof preinstall?.value === 'string' &&
    /^node \.phantom-guard\/preinstall\.cjs(?: |$)/.test(preinstall.value)
  );
}

/** `scripts` as `addPreinstall` makes it where there was none. */
function isMadeByUs(text: string, scripts: Node): boolean {
  const base = lineIndent(text, scripts.offset);
  const style = styleOf(text);
  const forms = [style, { ...style, indent: '', space: ' ' }, { ...style, indent: '', space: '' }];
  const found = text.slice(scripts.offset, scripts.offset + scripts.length);
  return forms.some((form) => renderJson({ preinstall: PREINSTALL }, form, base) === found);
}

type Parts = {
  readonly root: Node;
  readonly scripts: Node | undefined;
  readonly preinstall: Node | undefined;
};

function read(text: string): Parts {
  const root = parseTree(text, [], { disallowComments: true });
  if (root?.type !== 'object') throw unreadable('it holds no object');
  const scripts = findNodeAtLocation(root, ['scripts']);
  if (scripts !== undefined && scripts.type !== 'object') throw unreadable('"scripts" is no object');
  const preinstall = scripts && findNodeAtLocation(scripts, ['preinstall']);
  if (preinstall !== undefined && preinstall.type !== 'string')
    throw unreadable('its script "preinstall" is no text');
  return { root, scripts, preinstall };
}

type Around = { readonly before: string; readonly after: string };

function joined(existing: string): Around {
  if (existing.trim() === '') return { before: `${PREINSTALL} `, after: '' };
  const needsGroup = GOES_ON.test(existing.replaceAll('&&', '')) || existing.trimStart().startsWith('(');
  if (!needsGroup) return { before: `${PREINSTALL} && `, after: '' };
  if (!/[#\r\n]/.test(existing)) return { before: `${PREINSTALL} && ( `, after: ' )' };
  throw new GuardError(
    'USAGE',
    'the "preinstall" of package.json cannot be joined to in one line',
    `Put it into a file of its own, and run that file: "preinstall": "sh ./preinstall.sh".`,
  );
}

/** What is between the quotes stays as it is written, escapes included. */
function around(text: string, { offset, length }: Node, { before, after }: Around): string {
  const end = offset + length - 1;
  return `${text.slice(0, offset + 1)}${before}${text.slice(offset + 1, end)}${after}${text.slice(end)}`;
}

function withoutAround(text: string, node: Node, value: string): string {
  const group = `${PREINSTALL} && ( `;
  const before = [group, `${PREINSTALL} && `, `${PREINSTALL} `].find((one) => value.startsWith(one)) ?? '';
  const raw = text.slice(node.offset + 1, node.offset + node.length - 1);
  if (!raw.startsWith(before)) return text;
  const rest = raw.slice(before.length, before === group && raw.endsWith(' )') ? -2 : undefined);
  return `${text.slice(0, node.offset + 1)}${rest}${text.slice(node.offset + node.length - 1)}`;
}

/** Into an empty object on one line with a blank before: that is how `removePreinstall` knows that it was there. */
function addMember(text: string, container: Node, key: string, value: unknown): string {
  const style = styleOf(text);
  if ((container.children ?? []).length > 0)
    return applyEdits(text, [insertInto(text, container, key, value, style)]);
  const at = container.offset + 1;
  const content = ` ${JSON.stringify(key)}: ${renderJson(value, { ...style, indent: '' }, '')}`;
  return `${text.slice(0, at)}${content}${text.slice(at)}`;
}

function removeMember(text: string, container: Node, value: Node): string {
  const members = container.children ?? [];
  const index = members.findIndex(({ offset }) => offset === value.parent?.offset);
  const member = members[index];
  if (member === undefined) return text;
  const previous = members[index - 1];
  const next = members[index + 1];
  const end = member.offset + member.length;
  if (previous !== undefined) return cut(text, previous.offset + previous.length, end);
  if (next !== undefined) return cut(text, member.offset, next.offset);
  const start = text[member.offset - 1] === ' ' ? member.offset - 1 : member.offset;
  return cut(text, start, end);
}

function cut(text: string, from: number, to: number): string {
  return `${text.slice(0, from)}${text.slice(to)}`;
}

function unreadable(why: string): GuardError {
  return new GuardError('MANIFEST_UNREADABLE', `package.json: ${why}`, 'Correct the file; npm needs it too.');
}

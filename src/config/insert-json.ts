import type { Edit, Node } from 'jsonc-parser';
import { lineIndent, renderJson, startsLine, type TextStyle } from './text-style.js';

/**
 * Adds a member to an object (`key`), or an item to an array (`key` is `null`), behind what is there. The library's own
 * `modify` lays out the whole line that it touches anew; this changes nothing that is there.
 */
export function insertInto(
  text: string,
  container: Node,
  key: string | null,
  value: unknown,
  style: TextStyle,
): Edit {
  const prefix = key === null ? '' : `${JSON.stringify(key)}:${style.indent === '' ? style.space : ' '}`;
  const last = container.children?.at(-1);
  if (last === undefined) return fillEmpty(text, container, key === null ? [value] : { [key]: value }, style);
  const base = lineIndent(text, last.offset);
  const onOwnLine = startsLine(text, last.offset);
  const content = onOwnLine
    ? `,${style.eol}${base}${prefix}${renderJson(value, style, base)}`
    : `,${style.indent === '' ? style.space : ' '}${prefix}${renderJson(value, inline(style), base)}`;
  return { offset: last.offset + last.length, length: 0, content };
}

function fillEmpty(text: string, container: Node, value: unknown, style: TextStyle): Edit {
  const content = renderJson(value, style, lineIndent(text, container.offset));
  return { offset: container.offset, length: container.length, content };
}

function inline(style: TextStyle): TextStyle {
  return style.indent === '' ? style : { ...style, indent: '' };
}

import { styleText } from 'node:util';

export type Style = 'red' | 'yellow' | 'green' | 'bold' | 'dim';

/** How lines come to a screen. */
export type Layout = {
  readonly paint: (style: Style, text: string) => string;
  /** `text` after `indent`; where a width is known in several lines, the later ones two places further in. */
  readonly indented: (indent: string, text: string) => string;
};

/** Breaks text that may hold colours at spaces into lines of at most `columns`, words that are longer left whole. */
export type Wrap = (text: string, columns: number) => string;

/** Wider lines are hard to read. */
const MOST_COLUMNS = 120;
/** In less nothing that is wrapped can be read either. */
const LEAST_COLUMNS = 40;

/** @param width of the screen in columns and what breaks lines for it; `null` = lines are left whole, as programs want them */
export function createLayout(color: boolean, width: { columns: number; wrap: Wrap } | null): Layout {
  const paint: Layout['paint'] = color
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_, text) => text;
  if (width === null || width.columns < LEAST_COLUMNS)
    return { paint, indented: (indent, text) => indent + text };
  const columns = Math.min(width.columns, MOST_COLUMNS);
  return {
    paint,
    indented: (indent, text) => {
      const [first = '', ...rest] = width.wrap(text, columns - indent.length).split('\n');
      if (rest.length === 0) return indent + first;
      const hanging = `${indent}  `;
      // Wrapped anew for the place that is left: breaking further in changes every later break.
      const later = width.wrap(rest.join(' '), columns - hanging.length).split('\n');
      return [indent + first, ...later.map((line) => hanging + line)].join('\n');
    },
  };
}

/** For files, pipes and messages of other programs. */
export const PLAIN = createLayout(false, null);

import { type Node, parseTree } from 'jsonc-parser';
import { type Excerpt, join, type Range } from './excerpt.js';
import { installCommandsIn } from './install-commands.js';
import type { Mention } from './mention.js';

/** The names in the scripts of a package.json. */
export function manifestCommands(document: Excerpt): readonly Mention[] {
  const root = parseTree(document.text);
  return propertiesOf(root)
    .filter(([key]) => key === 'scripts')
    .flatMap(([, scripts]) => propertiesOf(scripts))
    .filter(([, { type }]) => type === 'string')
    .flatMap(([, { offset, length }]) =>
      installCommandsIn(unescaped(document, offset + 1, offset + length - 1)),
    );
}

function propertiesOf(node: Node | undefined): readonly (readonly [unknown, Node])[] {
  return (node?.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    return value === undefined ? [] : [[key?.value, value] as const];
  });
}

/** Without the backslashes before quotes; other escapes stand in no name. */
function unescaped(document: Excerpt, from: number, to: number): Excerpt {
  const ranges: Range[] = [];
  let start = from;
  for (const { index } of document.text.slice(from, to).matchAll(/\\(?=["'\\])/g)) {
    ranges.push({ from: start, to: from + index });
    start = from + index + 1;
  }
  return join(document, [...ranges, { from: start, to }]);
}

import { type ProfileNode, totalOf } from './tree.js';

const WIDTH = 1600;
const ROW = 16;
/** Narrower boxes can't be read. */
const LEAST_WIDTH = 0.5;
/** Wide enough for a word. */
const LABELLED_WIDTH = 40;
const CHARACTER = 6.2;

/** Stacks as `a;b;c 12`, one a line: what flamegraph.pl, inferno and speedscope read. */
export function foldStacks(root: ProfileNode, labelOf: (node: ProfileNode) => string): string {
  const lines: string[] = [];
  const visit = (node: ProfileNode, above: readonly string[]): void => {
    const stack = [...above, labelOf(node).replaceAll(';', ':')];
    if (node.self > 0) lines.push(`${stack.join(';')} ${Math.round(node.self)}`);
    for (const child of node.children) visit(child, stack);
  };
  visit(root, []);
  return `${lines.join('\n')}\n`;
}

/** A flame graph that hangs from its root, as one SVG: widths are shares, the text under the pointer says what it is. */
export function renderFlame(
  root: ProfileNode,
  labelOf: (node: ProfileNode) => string,
  show: (amount: number) => string,
): string {
  const total = totalOf(root);
  const boxes: string[] = [];
  let deepest = 0;
  const draw = (node: ProfileNode, left: number, depth: number): void => {
    const amount = totalOf(node);
    const width = (amount / total) * WIDTH;
    if (width < LEAST_WIDTH) return;
    deepest = Math.max(deepest, depth);
    boxes.push(
      boxOf(labelOf(node), `${show(amount)}, ${((amount / total) * 100).toFixed(1)} %`, left, width, depth),
    );
    let next = left;
    for (const child of node.children) {
      draw(child, next, depth + 1);
      next += (totalOf(child) / total) * WIDTH;
    }
  };
  draw(root, 0, 0);
  const height = (deepest + 1) * ROW;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="monospace" font-size="10">\n${boxes.join('\n')}\n</svg>\n`;
}

function boxOf(label: string, amount: string, left: number, width: number, depth: number): string {
  const [x, y] = [left.toFixed(1), depth * ROW];
  const shown = width < LABELLED_WIDTH ? '' : escapeText(label.slice(0, Math.floor(width / CHARACTER)));
  const text = shown === '' ? '' : `<text x="${(left + 2).toFixed(1)}" y="${y + 11}">${shown}</text>`;
  const box = `<rect x="${x}" y="${y}" width="${width.toFixed(1)}" height="${ROW - 1}" fill="${colourOf(label)}"/>`;
  return `<g><title>${escapeText(label)}: ${amount}</title>${box}${text}</g>`;
}

/** Ours stand out from Node's and from libraries. */
function colourOf(label: string): string {
  if (/ (?:src|workers|hooks)\//.test(label)) return '#f4a261';
  return label.includes('node_modules/') ? '#e9d8a6' : '#ced4da';
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

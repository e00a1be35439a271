import { count } from '../numbers.js';
import { sanitize } from '../sanitize.js';
import { type Html, html, NOTHING } from './html.js';
import { layOutPaths, type PathTree } from './path-tree.js';
import { shorten } from './shorten.js';

const LABEL_CHARACTERS = 34;
/** Of the 12 pixel monospace font that the labels are set in; other letters than those of ASCII may take double. */
const CHARACTER_WIDTH = 7.3;
const PADDING = 10;
const BOX_HEIGHT = 26;
const ROW_HEIGHT = 38;
const COLUMN_GAP = 40;
const MARGIN = 2;

type Box = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly kind: string;
  readonly label: string;
};

/** Who asks for a package, drawn: importers at the left, the package at the right. Nothing where nobody asks. */
export function renderPathPicture(requestedBy: readonly (readonly string[])[]): Html {
  const tree = layOutPaths(requestedBy);
  if (tree === null) return NOTHING;
  const { boxes, finding, lanes, height } = place(tree);
  const width = finding.x + finding.width + MARGIN;
  const starts = tree.nodes.flatMap(({ from }, index) => lineBetween(boxes[from ?? -1], boxes[index]));
  const ends = tree.ends.map(({ from, row }) => lineToFinding(boxes[from], finding, lanes, middleOf(row)));
  const heads = [...boxes.filter((_, index) => tree.nodes[index]?.from !== null), finding].map(arrowhead);
  const more =
    tree.left === 0 ? NOTHING : html`<p class="note">${count(tree.left, 'more path')} in the list below.</p>`;
  return html`<div class="picture" tabindex="0" role="group" aria-label="Picture of the paths"><svg role="img" aria-label="${describePaths(requestedBy)}" width="${round(width)}" height="${height}" viewBox="0 0 ${round(width)} ${height}"><path class="line" d="${[...starts, ...ends].join('')}" fill="none" stroke="currentColor"/><path class="arrow" d="${heads.join('')}" fill="currentColor"/>${[...boxes, finding].map(renderBox)}</svg></div>${more}`;
}

/** The picture in words. */
function describePaths(requestedBy: readonly (readonly string[])[]): string {
  const paths = requestedBy.map((path) => path.join(' > ')).join('; ');
  return `${count(requestedBy.length, 'dependency path')}: ${paths}`;
}

function place({ nodes, ends, columns, finding }: PathTree) {
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...nodes.filter((node) => node.column === column).map(({ label }) => widthOf(label))),
  );
  const lefts = [MARGIN];
  for (const width of widths) lefts.push((lefts.at(-1) ?? 0) + width + COLUMN_GAP);
  const boxes = nodes.map(({ label, kind, column, row }): Box => {
    return { x: lefts[column] ?? 0, y: middleOf(row), width: widthOf(label), kind, label };
  });
  const right = lefts.at(-1) ?? 0;
  const y = middleOf((ends.length - 1) / 2);
  return {
    boxes,
    finding: { x: right, y, width: widthOf(finding), kind: 'finding', label: finding },
    /** Where the lines leave their rows. */
    lanes: right - COLUMN_GAP,
    height: (ends.length - 1) * ROW_HEIGHT + BOX_HEIGHT + 2 * MARGIN,
  };
}

function middleOf(row: number): number {
  return MARGIN + BOX_HEIGHT / 2 + row * ROW_HEIGHT;
}

function widthOf(label: string): number {
  const cells = [...shownLabel(label)].map((character) =>
    character < '\u0250' || character === '…' ? 1 : 2,
  );
  return cells.reduce<number>((sum, cell) => sum + cell, 0) * CHARACTER_WIDTH + 2 * PADDING;
}

function shownLabel(label: string): string {
  return shorten(sanitize(label), LABEL_CHARACTERS);
}

function lineBetween(from: Box | undefined, to: Box | undefined): readonly string[] {
  if (from === undefined || to === undefined) return [];
  return [
    `M${round(from.x + from.width)} ${round(from.y)}${curveTo(from.x + from.width, from.y, to.x, to.y)}`,
  ];
}

/** Along a row of its own past the columns between, then to the finding. */
function lineToFinding(from: Box | undefined, finding: Box, lane: number, y: number): string {
  if (from === undefined) return '';
  const right = from.x + from.width;
  const toRow = from.y === y ? '' : curveTo(right, from.y, right + COLUMN_GAP, y);
  return `M${round(right)} ${round(from.y)}${toRow}H${round(Math.max(lane, right))}${curveTo(lane, y, finding.x, finding.y)}`;
}

function curveTo(x1: number, y1: number, x2: number, y2: number): string {
  const middle = round((x1 + x2) / 2);
  return `C${middle} ${round(y1)} ${middle} ${round(y2)} ${round(x2)} ${round(y2)}`;
}

function arrowhead({ x, y }: Box): string {
  return `M${round(x)} ${round(y)}l-7 -4v8z`;
}

function renderBox({ x, y, width, kind, label }: Box): Html {
  return html`<g class="box ${kind}"><title>${label}</title><rect x="${round(x)}" y="${round(y - BOX_HEIGHT / 2)}" width="${round(width)}" height="${BOX_HEIGHT}" rx="6" fill="none" stroke="currentColor"/><text x="${round(x + PADDING)}" y="${round(y)}" dominant-baseline="central" font-family="monospace" font-size="12" fill="currentColor">${shownLabel(label)}</text></g>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

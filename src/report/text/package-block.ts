import type { Mentioned, ReportedPackage } from '../../model/report.js';
import type { Signal } from '../../model/signal.js';
import { placeLabel } from '../location.js';
import { sanitize } from '../sanitize.js';
import { signalTexts } from '../signal-texts.js';
import { type Manager, readyCommands } from './commands.js';
import type { Layout } from './layout.js';

/** Entries of the same package with the same risk, at different places of the tree. */
export type PackageGroup = readonly [ReportedPackage, ...ReportedPackage[]];

export type BlockOptions = {
  /** Every fact and every path. */
  readonly verbose: boolean;
  readonly manager: Manager;
  /** Whether a project asks for the packages; else somebody typed their names. */
  readonly inProject: boolean;
};

/** Facts that are told of a package; the rest decided little. */
const FACTS_SHOWN = 3;
/** Places of the same package that are written out. */
const PATHS_SHOWN = 3;
const INDENT = '    ';

/** What was found about a package, by whom it is asked for, and what to do: some lines, the first of which is `headline`. */
export function renderBlock(group: PackageGroup, layout: Layout, options: BlockOptions): string {
  const [first] = group;
  return [
    headline(first, layout),
    ...renderFacts(first, layout, options),
    ...renderPaths(group, layout, options),
    ...renderAdvice(first, layout, options),
    '',
  ].join('\n');
}

/** One line that says which package and how bad. */
export function headline(
  { name, version, alias, risk, action, score }: ReportedPackage,
  layout: Layout,
): string {
  const label = sanitize(version === null ? name : `${name}@${version}`);
  const as = alias === null ? '' : ` (installed as ${sanitize(alias)})`;
  const title = `${WORD[action]}  ${layout.paint('bold', label)}${as}`;
  const detail = risk === 'not-found' || risk === 'unknown' ? risk : `${risk}, score ${score.toFixed(2)}`;
  return `${layout.paint(COLOR[action], title)}  ${detail}`;
}

const WORD = { block: 'BLOCKED', warn: 'WARNING', allow: 'ok' } as const;
const COLOR = { block: 'red', warn: 'yellow', allow: 'green' } as const;

function renderFacts(
  { signals }: ReportedPackage,
  layout: Layout,
  { verbose }: BlockOptions,
): readonly string[] {
  const all = signals.toSorted((a, b) => b.weight - a.weight);
  const shown = verbose ? all : deciding(all);
  const hidden = all.length - shown.length;
  const lines = shown.map(({ code, evidence }) =>
    layout.indented(INDENT, `${sanitize(signalTexts[code](evidence))} ${layout.paint('dim', `(${code})`)}`),
  );
  const what = hidden === 1 ? '1 more signal' : `${hidden} more signals`;
  return hidden === 0
    ? lines
    : [...lines, layout.indented(INDENT, layout.paint('dim', `and ${what} (--verbose lists them)`))];
}

/** The weightiest, and what the name imitates among them. */
function deciding(byWeight: readonly Signal[]): readonly Signal[] {
  const against = byWeight.filter(({ weight }) => weight > 0);
  const first = against.slice(0, FACTS_SHOWN);
  const imitation = against.find(({ evidence }) => 'imitated' in evidence);
  if (imitation === undefined || first.includes(imitation)) return first;
  return [...first.slice(0, FACTS_SHOWN - 1), imitation];
}

function renderPaths(group: PackageGroup, layout: Layout, { verbose }: BlockOptions): readonly string[] {
  const places = group.flatMap(({ locations }) => locations);
  if (places.length > 0) return renderPlaces(places, layout, verbose);
  const paths = group.flatMap(({ requestedBy }) => requestedBy).toSorted((a, b) => a.length - b.length);
  const shown = verbose ? paths : paths.slice(0, PATHS_SHOWN);
  const hidden = paths.length - shown.length;
  const lines = shown.map((path) =>
    layout.indented(INDENT, `asked for by ${path.map(sanitize).join(' > ')}`),
  );
  return hidden === 0 ? lines : [...lines, `${INDENT}and by ${hidden} more`];
}

function renderPlaces(places: readonly Mentioned[], layout: Layout, verbose: boolean): readonly string[] {
  const shown = verbose ? places : places.slice(0, PATHS_SHOWN);
  const hidden = places.length - shown.length;
  // Left whole: terminals make links of them.
  const lines = shown.map((place) => `${INDENT}${layout.paint('dim', 'at')} ${sanitize(placeLabel(place))}`);
  return hidden === 0 ? lines : [...lines, `${INDENT}and ${hidden} more places (--verbose lists them)`];
}

function renderAdvice(
  reported: ReportedPackage,
  layout: Layout,
  { manager, inProject }: BlockOptions,
): readonly string[] {
  const meant = reported.suggestions.map(({ name, why }) =>
    layout.indented(INDENT, `did you mean ${layout.paint('bold', sanitize(name))}? ${sanitize(why)}`),
  );
  // Commands are left whole: they are there to be copied.
  const lines = readyCommands(reported, manager, inProject).map(
    ({ when, command }) => `${INDENT}${layout.paint('dim', when)} ${command}`,
  );
  return [...meant, ...lines];
}

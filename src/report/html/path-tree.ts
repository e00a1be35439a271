/** A box of the picture, but for the finding itself. */
export type PathNode = {
  /** As the report names it; of a fold, how many packages it stands for. */
  readonly label: string;
  readonly kind: 'importer' | 'package' | 'fold';
  readonly column: number;
  /** The mean of the rows that branch off here. */
  readonly row: number;
  /** The box before it, by its place in `nodes`; `null` for an importer. */
  readonly from: number | null;
};

/** One request for the finding: the box that asks, by its place in `nodes`, and the row that the line keeps to. */
export type PathEnd = { readonly from: number; readonly row: number };

/** Paths that lead to one package, drawn together as far as they are the same from their start on. */
export type PathTree = {
  readonly finding: string;
  readonly nodes: readonly PathNode[];
  readonly ends: readonly PathEnd[];
  /** Columns before that of the finding. */
  readonly columns: number;
  /** Paths that are not drawn. */
  readonly left: number;
};

/** More paths make a picture that nobody reads. */
const MOST_PATHS = 8;
/** Of a longer path the middle is folded into one box. */
const MOST_STEPS = 6;
const KEPT_AT_START = 2;
const KEPT_AT_END = 3;

type Step = { readonly label: string; readonly key: string; readonly kind: PathNode['kind'] };
type Draft = Step & { readonly column: number; readonly from: number | null; readonly rows: number[] };

/** Lays out the paths `requestedBy`, each from an importer to the finding; `null` where there are none. Pure. */
export function layOutPaths(requestedBy: readonly (readonly string[])[]): PathTree | null {
  const paths = [...new Map(requestedBy.map((path) => [JSON.stringify(path), path])).values()];
  const finding = paths[0]?.at(-1);
  const drawn = paths.filter(({ length }) => length > 1).slice(0, MOST_PATHS);
  if (finding === undefined || drawn.length === 0) return null;
  const drafts: Draft[] = [];
  const places = new Map<string, number>();
  const ends = branchesInOrder(drawn.map(stepsOf)).map((steps, row) => ({
    from: addPath(steps, row, drafts, places),
    row,
  }));
  return {
    finding,
    nodes: drafts.map(({ label, kind, column, from, rows }) => ({
      label,
      kind,
      column,
      from,
      row: mean(rows),
    })),
    ends,
    columns: Math.max(...drafts.map(({ column }) => column)) + 1,
    left: paths.length - drawn.length,
  };
}

/** The steps before the finding. */
function stepsOf(path: readonly string[]): readonly Step[] {
  const steps = path.slice(0, -1).map((label, column): Step => {
    return { label, key: JSON.stringify(label), kind: column === 0 ? 'importer' : 'package' };
  });
  if (path.length <= MOST_STEPS) return steps;
  const middle = steps.slice(KEPT_AT_START, 1 - KEPT_AT_END);
  const fold: Step = {
    label: `${middle.length} more`,
    key: `fold ${middle.map(({ key }) => key).join()}`,
    kind: 'fold',
  };
  return [...steps.slice(0, KEPT_AT_START), fold, ...steps.slice(1 - KEPT_AT_END)];
}

/** Paths that share their start side by side, so that no lines cross. */
function branchesInOrder(paths: readonly (readonly Step[])[], column = 0): readonly (readonly Step[])[] {
  const branches = new Map<string, (readonly Step[])[]>();
  for (const path of paths) {
    const key = path[column]?.key ?? '';
    const branch = branches.get(key);
    if (branch === undefined) branches.set(key, [path]);
    else branch.push(path);
  }
  return [...branches].flatMap(([key, branch]) =>
    key === '' || branch.length === 1 ? branch : branchesInOrder(branch, column + 1),
  );
}

/** Adds what is new of a path; gives the place of its last box. */
function addPath(steps: readonly Step[], row: number, drafts: Draft[], places: Map<string, number>): number {
  let from: number | null = null;
  let prefix = '';
  for (const [column, step] of steps.entries()) {
    prefix += `${step.key} `;
    const place: number = places.get(prefix) ?? drafts.push({ ...step, column, from, rows: [] }) - 1;
    places.set(prefix, place);
    drafts[place]?.rows.push(row);
    from = place;
  }
  return from ?? 0;
}

function mean(rows: readonly number[]): number {
  return rows.reduce((sum, row) => sum + row, 0) / rows.length;
}

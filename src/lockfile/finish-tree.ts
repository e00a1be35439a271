import { GuardError } from '../errors.js';
import { parsePackageName } from '../model/package-name.js';
import type { ResolvedTree, TreeEntry, Unchecked } from '../model/resolved-tree.js';
import type { DraftTree, OpenRequest } from './draft-tree.js';
import { unreadableLockfile } from './lockfile-error.js';
import { findOtherTarballs } from './other-tarball.js';
import { findsOwn, linkedKeysOf, NO_PROJECTS, type OwnProjects, withLinked } from './own-projects.js';
import { type Catalogs, parseSpec, type RequestedName } from './parse-spec.js';
import { uncheckedLine } from './unchecked-reason.js';

type Declared = { readonly requested: RequestedName; readonly requests: OpenRequest[] };

/**
 * Adds one `declared` entry for each real name which the tree asks for and does not resolve, and the `unchecked` lines.
 *
 * @param catalogs what `catalog:` lines mean
 * @param projects the project's own workspace packages
 */
export async function finishTree(
  draft: DraftTree,
  catalogs: Catalogs = new Map(),
  projects: OwnProjects = draft.format === 'pnpm-lock' ? NO_PROJECTS : { ...NO_PROJECTS, linkedBy: 'npm' },
): Promise<ResolvedTree> {
  const { open: asked, ...tree } = draft;
  const others = findOtherTarballs(draft);
  const open = [...asked, ...others.open];
  const declared = await groupByName(open, catalogs, draft.entries, withLinked(projects, draft.entries));
  const wanted = await directNames(open, catalogs);
  const entries = [
    ...draft.entries.map((entry) => (isWanted(entry, wanted) ? { ...entry, direct: true } : entry)),
    ...[...declared].map(([id, one]) => declaredEntry(id, one)),
  ];
  assertFew(entries);
  assertUniqueIds(entries);
  return {
    ...tree,
    entries,
    edges: addEdges(draft.edges, declared),
    unchecked: [...draft.unchecked, ...others.lines, ...problemLines(declared), ...uncheckedLines(entries)],
  };
}

function uncheckedLines(entries: readonly TreeEntry[]): readonly Unchecked[] {
  const lines: Unchecked[] = [];
  for (const entry of entries) {
    const line = uncheckedLine(entry);
    if (line !== null) lines.push(line);
  }
  return lines;
}

/** Real names that a project asks for in its own manifest, whatever the lockfile says of who asks for them. */
async function directNames(open: readonly OpenRequest[], catalogs: Catalogs): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const { key, spec, direct } of open) {
    if (!direct) continue;
    const { name, source } = await parseSpec(key, spec, catalogs);
    if (source === 'registry') names.add(name);
  }
  return names;
}

function isWanted({ source, name, direct }: TreeEntry, wanted: ReadonlySet<string>): boolean {
  return !direct && source === 'registry' && wanted.has(name);
}

/** Far more than any real tree has; each is judged, and some need a request. */
const MAX_ENTRIES = 250_000;

function assertFew({ length }: readonly TreeEntry[]): void {
  if (length <= MAX_ENTRIES) return;
  const message = `the tree has ${length} packages, and the limit is ${MAX_ENTRIES}`;
  throw new GuardError('INPUT_TOO_LARGE', message, 'Make the lockfile anew with the package manager.');
}

function assertUniqueIds(entries: readonly TreeEntry[]): void {
  const seen = new Set<string>();
  for (const { id } of entries) {
    if (seen.has(id)) {
      throw unreadableLockfile('lockfile')(`two packages would be known here as ${JSON.stringify(id)}`);
    }
    seen.add(id);
  }
}

async function groupByName(
  open: readonly OpenRequest[],
  catalogs: Catalogs,
  entries: readonly TreeEntry[],
  own: OwnProjects,
): Promise<Map<string, Declared>> {
  const groups = new Map<string, Declared>();
  const registry = new Set(entries.filter(({ source }) => source === 'registry').map(({ name }) => name));
  const linkedKeys = linkedKeysOf(open);
  const specs = new Map<string, RequestedName>();
  for (const request of open) {
    const line = `${request.key}@${request.spec}`;
    const requested = specs.get(line) ?? (await parseSpec(request.key, request.spec, catalogs));
    specs.set(line, requested);
    const { source, name } = requested;
    if (source === 'workspace' && own.versions.has(name)) continue;
    if (source === 'registry' && (registry.has(name) || (await findsOwn(own, name, request, linkedKeys))))
      continue;
    const id = declaredId(requested);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { requested, requests: [request] });
    else group.requests.push(request);
  }
  return groups;
}

/** A name asked of the registry and the same name from elsewhere are two things. */
function declaredId({ name, source }: RequestedName): string {
  return source === 'registry' ? `declared:${name}` : `declared:${source}:${name}`;
}

function declaredEntry(id: string, { requested, requests }: Declared): TreeEntry {
  const { name, alias, source } = requested;
  return {
    id,
    name,
    registryName: source === 'registry' ? parsePackageName(name) : null,
    alias,
    version: null,
    spec: requests[0]?.spec ?? null,
    source,
    askedFrom: null,
    resolved: null,
    integrity: null,
    dev: requests.every((request) => request.dev || request.kind === 'dev'),
    optional: requests.every(({ kind }) => kind === 'optional' || kind === 'optional-peer'),
    peer: requests.every(({ kind }) => kind === 'peer' || kind === 'optional-peer'),
    hasInstallScript: null,
    deprecated: null,
    direct: requests.some((request) => request.direct),
    presence: 'declared',
  };
}

function addEdges(
  edges: ReadonlyMap<string, readonly string[]>,
  declared: ReadonlyMap<string, Declared>,
): ReadonlyMap<string, readonly string[]> {
  const added = new Map<string, Set<string>>();
  for (const [id, { requests }] of declared) {
    for (const { from } of requests) added.set(from, (added.get(from) ?? new Set()).add(id));
  }
  const all = new Map(edges);
  for (const [from, ids] of added) all.set(from, [...(edges.get(from) ?? []), ...ids]);
  return all;
}

function problemLines(declared: ReadonlyMap<string, Declared>): readonly Unchecked[] {
  return [...declared].flatMap(
    ([
      id,
      {
        requested: { problem, source },
      },
    ]) => {
      if (source === 'workspace') return [{ id, reason: 'no project of the workspace has this name' }];
      return problem === null ? [] : [{ id, reason: `the spec cannot be read: ${problem}` }];
    },
  );
}

import { TOOL } from '../cli/tool.js';
import type { FactAnswer, FactSource, PackageFacts, RegistryRef } from '../model/facts.js';
import { type PackageName, parsePackageName } from '../model/package-name.js';
import { type ResolvedTree, type TreeEntry, UNKNOWN_ENTRY } from '../model/resolved-tree.js';
import type { EstablishedName, Verdict } from '../model/verdict.js';
import { judgeTree } from '../pipeline.js';
import { unavailable } from '../registry/failure.js';
import { parsePackument } from '../registry/packument.js';
import { buildReport } from '../report/build-report.js';
import { foreignVersions, type Manifest, onlyVersions, recordIn } from './manifest.js';
import type { Outcome } from './outcome.js';
import { filesOf, ownFiles } from './own-files.js';
import type { Rules } from './rules.js';
import { type Ruling, reasonFor } from './ruling.js';

export type Judging = {
  readonly rules: Rules;
  /** The registry that the uplink of the document stands for. */
  readonly registry: RegistryRef;
  /** An established package that asks for the name; `null` = none is known, and it counts as typed by somebody. */
  readonly asker: EstablishedName | null;
  readonly nowMs: number;
  readonly signal: AbortSignal;
};

/** How the fast path leaves a document: it needs no judging. `null` = it does. */
export function settle(name: string, rules: Rules): Outcome | null {
  const isEstablished = rules.world.ports.popularityOf(name) !== null;
  return isEstablished && !isListed(name, rules) ? { kind: 'established' } : null;
}

/** Some feed has an entry for the name, whatever the version. */
function isListed(name: string, { hasFeeds, world }: Rules): boolean {
  if (!hasFeeds) return false;
  const anyVersion = { spec: null, latestVersion: null, established: false };
  return world.feeds.index.matchesOf(name as PackageName, null, anyVersion).length > 0;
}

/** Judges what came from uplinks by the document itself: no registry is asked. */
export async function judgeManifest(name: string, manifest: Manifest, judging: Judging): Promise<Outcome> {
  const foreign = foreignVersions(manifest);
  const own = ownFiles(manifest, foreign);
  const document = onlyVersions(manifest, foreign);
  const isByVersion = foreign.length > 0 && isVersionDependent(name, judging.rules);
  const entries = (isByVersion ? foreign : [null]).map((version) =>
    entryOf(name, version, document, judging),
  );
  const verdicts = await judgeEntries(entries, document, name, judging);
  const rulings = verdicts.map(({ verdict, tree }) => rulingFor(verdict, tree));
  const [first] = rulings;
  if (first === undefined) throw new Error(`no verdict on ${name}`);
  if (!isByVersion) return { kind: 'whole', ruling: first, latest: latestOf(document), own };
  const byVersion = new Map(foreign.map((version, index) => [version, rulings[index] ?? first]));
  const isBlocked = (version: string) => byVersion.get(version)?.action === 'block';
  // Where two versions have one tarball, that of the blocked one counts.
  const ordered = [...foreign.filter((version) => !isBlocked(version)), ...foreign.filter(isBlocked)];
  return { kind: 'versions', rulings: byVersion, files: filesOf(document, ordered), own };
}

function latestOf(document: Manifest): string | null {
  const latest = recordIn(document, 'dist-tags')?.['latest'];
  return typeof latest === 'string' ? latest : null;
}

function isVersionDependent(name: string, rules: Rules): boolean {
  return rules.excepted.has(name) || isListed(name, rules);
}

function entryOf(name: string, version: string | null, document: Manifest, { asker }: Judging): TreeEntry {
  const manifest = version === null ? null : recordIn(recordIn(document, 'versions'), version);
  const integrity = recordIn(manifest, 'dist')?.['integrity'];
  return {
    ...UNKNOWN_ENTRY,
    id: `version:${version ?? ''}`,
    name,
    registryName: parsePackageName(name),
    version,
    source: 'registry',
    integrity: typeof integrity === 'string' ? integrity : null,
    direct: asker === null,
    presence: 'declared',
  };
}

type Judged = { readonly verdict: Verdict; readonly tree: ResolvedTree };

async function judgeEntries(
  entries: readonly TreeEntry[],
  document: Manifest,
  name: string,
  { rules, registry, asker, nowMs, signal }: Judging,
): Promise<readonly Judged[]> {
  const tree = treeOf(entries, asker);
  const answer = answerFrom(document, name, nowMs);
  const ports = { ...rules.world.ports, packages: giving(answer), registryFor: () => registry };
  const only = new Set(entries.map(({ id }) => id));
  const context = { nowMs, signal, onProgress: () => undefined };
  const { verdicts } = await judgeTree(tree, ports, rules.policy, context, only);
  return verdicts.map((verdict) => ({ verdict, tree }));
}

/** Somebody asks for the entries by name, or an established package does. */
function treeOf(entries: readonly TreeEntry[], asker: EstablishedName | null): ResolvedTree {
  const ids = entries.map(({ id }) => id);
  const parent = asker === null ? null : parentOf(asker.name);
  return {
    format: 'specs',
    path: null,
    lockfileVersion: null,
    importers: [{ id: 'root', path: '.' }],
    entries: parent === null ? entries : [parent, ...entries],
    edges: new Map(
      parent === null
        ? [['root', ids]]
        : [
            ['root', [parent.id]],
            [parent.id, ids],
          ],
    ),
    unchecked: [],
  };
}

function parentOf(name: string): TreeEntry {
  const registryName = parsePackageName(name);
  return { ...UNKNOWN_ENTRY, id: `asker:${name}`, name, registryName, source: 'registry', direct: true };
}

function answerFrom(document: Manifest, name: string, nowMs: number): FactAnswer<PackageFacts> {
  const facts = parsePackument(document, name, nowMs);
  if (facts === null) return unavailable('unreadable', 'the document of the package says nothing');
  return { kind: 'found', facts, fetchedAtMs: nowMs, etag: null, from: 'registry' };
}

function giving(answer: FactAnswer<PackageFacts>): FactSource<PackageFacts> {
  return {
    lookup: (queries, { onAnswer }) => {
      for (const { name } of queries) onAnswer(name);
      return Promise.resolve(new Map(queries.map(({ name }) => [name, answer])));
    },
  };
}

function rulingFor(verdict: Verdict, tree: ResolvedTree): Ruling {
  const { packages } = buildReport({
    tool: TOOL,
    tree,
    since: null,
    verdicts: [verdict],
    unchecked: [],
    notices: [],
    unreadableFeeds: [],
    stats: { corpus: 0, cacheHits: 0, registryRequests: 0, integrityCompared: 0, elapsedMs: 0 },
    all: true,
  });
  const [reported] = packages;
  if (reported === undefined) throw new Error(`no report on ${verdict.subject.entry.name}`);
  const { action, exceptions } = verdict;
  return { kind: 'judged', action, reason: reasonFor(reported), reported, exceptions };
}

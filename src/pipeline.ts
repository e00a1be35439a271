import { describeContext } from './context/describe-context.js';
import { establishedParents } from './context/established-parents.js';
import type {
  DownloadFacts,
  EpochMs,
  FactAnswer,
  FactQuery,
  FactSource,
  PackageFacts,
  RegistryRef,
} from './model/facts.js';
import type { FeedMatch } from './model/feed.js';
import { type NameJudgement, NO_JUDGEMENT } from './model/name-judgement.js';
import type { PackageName } from './model/package-name.js';
import type { ResolvedTree, TreeEntry, Unchecked } from './model/resolved-tree.js';
import type { Knowledge, Verdict } from './model/verdict.js';
import { sortOut } from './policy/bystanders.js';
import { createJudge } from './policy/create-judge.js';
import type { Policy } from './policy/policy.js';

/** What the pipeline needs from the world. */
export type Ports = {
  readonly packages: FactSource<PackageFacts>;
  readonly downloads: FactSource<DownloadFacts>;
  readonly registryFor: (name: PackageName) => RegistryRef;
  /** What is known of a name offline. */
  readonly judgeName: (name: PackageName, isDirect: boolean) => NameJudgement;
  /** ⌊log₂⌋ of the monthly downloads of an established name, `null` for any other; offline. */
  readonly popularityOf: (name: string) => number | null;
  /** What the user's feeds know of an entry. */
  readonly feedsFor: (entry: TreeEntry, knowledge: Knowledge) => readonly FeedMatch[];
  /** Ask the registry also about names that are known offline. */
  readonly askAlways: boolean;
  /** Which integrities to compare with the registry's, asking also about what is known. */
  readonly verifyIntegrity: 'all' | 'missing' | 'at-hand';
};

export type RunContext = {
  /** The one "now" of the run. */
  readonly nowMs: EpochMs;
  /** Ends the run early; what is not answered by then is unavailable. */
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
};

export type Judgement = {
  /** One for each installed entry, and for each declared one that is a finding, in the order of the tree. */
  readonly verdicts: readonly Verdict[];
  readonly unchecked: readonly Unchecked[];
  /** Names that were asked about, and how many of them the cache answered. */
  readonly cacheHits: number;
};

type Answers<F> = ReadonlyMap<PackageName, FactAnswer<F>>;

/**
 * Resolved tree to verdicts: the one place that knows the order of the steps.
 *
 * @param only the ids of the entries to judge, `null` = all; nobody is asked about the others, and they are context:
 * parents and paths
 */
export async function judgeTree(
  tree: ResolvedTree,
  ports: Ports,
  policy: Policy,
  context: RunContext,
  only: ReadonlySet<string> | null = null,
): Promise<Judgement> {
  const entries = only === null ? tree.entries : tree.entries.filter(({ id }) => only.has(id));
  const registries = responsibleRegistries(tree, ports);
  const names = judgeNames(entries, tree, registries, ports);
  const pinned = namesToCompare(entries, ports.verifyIntegrity);
  const open = [...names.keys()].filter(
    (name) => ports.askAlways || pinned.has(name) || (names.get(name)?.popularity ?? null) === null,
  );
  const versions = versionsByName(entries);
  const queryOf = (name: PackageName, registry: RegistryRef) => ({
    name,
    registry,
    versions: versions.get(name) ?? [],
    needsVersions: pinned.has(name),
    previous: null,
  });
  const answers = await gather(ports.packages, open, registries, queryOf, context);
  const found = [...answers].flatMap(([name, answer]) => (answer.kind === 'found' ? [name] : []));
  const counted = found.filter((name) => ports.askAlways || (names.get(name)?.popularity ?? null) === null);
  const downloads = await gather(ports.downloads, counted, registries, queryOf, {
    ...context,
    onProgress: () => undefined,
  });

  const popularityOf = (name: string) => {
    const known = names.get(name as PackageName);
    if (known !== undefined) return known.popularity;
    return isPrivate(registries.get(name as PackageName)) ? null : ports.popularityOf(name);
  };
  const unknown = entries.filter(({ name }) => popularityOf(name) === null).map(({ id }) => id);
  const parents = establishedParents(tree, new Set(unknown), popularityOf);
  const surroundings = { ...ports, popularityOf, parents };
  const judge = await createJudge(policy);
  const verdicts: Verdict[] = [];
  const unchecked = [...uncheckedOf(tree, only)];
  for (const entry of entries) {
    const knowledge = knowledgeOf(entry, registries, answers, downloads);
    const verdict = judge({
      entry,
      knowledge,
      names: (entry.registryName === null ? undefined : names.get(entry.registryName)) ?? NO_JUDGEMENT,
      context: describeContext(entry, knowledge, surroundings),
      nowMs: context.nowMs,
    });
    const sorted = sortOut(verdict);
    if (sorted.reported) verdicts.push(verdict);
    unchecked.push(...sorted.unchecked);
  }
  return {
    verdicts,
    unchecked,
    cacheHits: [...answers.values()].filter(
      (answer) => answer.kind !== 'unavailable' && answer.from === 'cache',
    ).length,
  };
}

/** What the reader could not turn into something to judge; of entries that are not to be judged, nothing. */
function uncheckedOf(
  { entries, unchecked }: ResolvedTree,
  only: ReadonlySet<string> | null,
): readonly Unchecked[] {
  if (only === null) return unchecked;
  const left = new Set(entries.map(({ id }) => id).filter((id) => !only.has(id)));
  return unchecked.filter(({ id }) => !left.has(id));
}

function responsibleRegistries(tree: ResolvedTree, ports: Ports): Map<PackageName, RegistryRef> {
  const registries = new Map<PackageName, RegistryRef>();
  for (const { registryName } of tree.entries) {
    if (registryName !== null && !registries.has(registryName)) {
      registries.set(registryName, ports.registryFor(registryName));
    }
  }
  return registries;
}

/** The names whose published integrities are asked for, whatever is known of them. */
function namesToCompare(
  entries: readonly TreeEntry[],
  which: Ports['verifyIntegrity'],
): ReadonlySet<PackageName> {
  if (which === 'at-hand') return new Set();
  const wanted = entries.filter(
    ({ presence, integrity }) => presence === 'installed' && (which === 'all' || integrity === null),
  );
  return new Set(wanted.flatMap(({ registryName }) => registryName ?? []));
}

/** The versions of each name that are judged. */
function versionsByName(entries: readonly TreeEntry[]): ReadonlyMap<PackageName, readonly string[]> {
  const versions = new Map<PackageName, Set<string>>();
  for (const { registryName, version } of entries) {
    if (registryName === null || version === null) continue;
    const known = versions.get(registryName);
    if (known === undefined) versions.set(registryName, new Set([version]));
    else known.add(version);
  }
  return new Map([...versions].map(([name, set]) => [name, [...set]]));
}

/** A scope with a registry of its own, which is not npm's public one under another address. */
function isPrivate(registry: RegistryRef | undefined): boolean {
  return registry?.isScopeRegistry === true && !registry.isPublic;
}

/** Names in a scope with a registry of its own are nobody else's business: the bundled names don't apply to them. */
function judgeNames(
  entries: readonly TreeEntry[],
  tree: ResolvedTree,
  registries: ReadonlyMap<PackageName, RegistryRef>,
  ports: Ports,
): ReadonlyMap<PackageName, NameJudgement> {
  const direct = new Set(
    tree.entries.filter((entry) => entry.direct).map(({ registryName }) => registryName),
  );
  const names = new Set(entries.flatMap(({ registryName }) => registryName ?? []));
  return new Map(
    [...names].map((name) => [
      name,
      isPrivate(registries.get(name)) ? NO_JUDGEMENT : ports.judgeName(name, direct.has(name)),
    ]),
  );
}

async function gather<F>(
  source: FactSource<F>,
  names: readonly PackageName[],
  registries: ReadonlyMap<PackageName, RegistryRef>,
  queryOf: (name: PackageName, registry: RegistryRef) => FactQuery<never>,
  { nowMs, signal, onProgress }: RunContext,
): Promise<Answers<F>> {
  const queries = names.flatMap((name): FactQuery<F>[] => {
    const registry = registries.get(name);
    return registry === undefined ? [] : [queryOf(name, registry)];
  });
  let done = 0;
  const onAnswer = () => onProgress(++done, queries.length);
  return await source.lookup(queries, { nowMs, signal, onAnswer });
}

function knowledgeOf(
  { registryName }: TreeEntry,
  registries: ReadonlyMap<PackageName, RegistryRef>,
  answers: Answers<PackageFacts>,
  downloads: Answers<DownloadFacts>,
): Knowledge {
  if (registryName === null) return { registry: null, answer: null, downloads: null };
  return {
    registry: registries.get(registryName) ?? null,
    answer: answers.get(registryName) ?? null,
    downloads: downloads.get(registryName) ?? null,
  };
}

import { describe, expect, it } from 'vitest';
import type { FactAnswer, FactQuery, FactSource, PackageFacts } from '../../src/model/facts.js';
import { NO_JUDGEMENT } from '../../src/model/name-judgement.js';
import type { PackageName } from '../../src/model/package-name.js';
import type { ResolvedTree, TreeEntry } from '../../src/model/resolved-tree.js';
import { judgeTree, type Ports } from '../../src/pipeline.js';
import { DEFAULT_POLICY } from '../../src/policy/policy.js';
import { ABSENT, entry, facts, found, NOW_MS, REGISTRY, UNAVAILABLE } from '../support/subjects.js';

function treeOf(entries: readonly TreeEntry[]): ResolvedTree {
  return {
    format: 'package-lock',
    path: '/project/package-lock.json',
    lockfileVersion: '3',
    importers: [{ id: 'root', path: '.' }],
    entries,
    edges: new Map([['root', entries.map(({ id }) => id)]]),
    unchecked: [],
  };
}

/** A source that answers from a table, healthy by default, and records what it was asked. */
function tableSource<F>(table: Readonly<Record<string, FactAnswer<F>>>, otherwise: FactAnswer<F>) {
  const asked: string[][] = [];
  const source: FactSource<F> = {
    lookup: (queries: readonly FactQuery<F>[], { onAnswer }) => {
      asked.push(queries.map(({ name }) => name));
      return Promise.resolve(
        new Map(
          queries.map(({ name }): [PackageName, FactAnswer<F>] => {
            onAnswer(name);
            return [name, table[name] ?? otherwise];
          }),
        ),
      );
    },
  };
  return { source, asked };
}

type RunOptions = {
  readonly only?: ReadonlySet<string> | null;
  readonly tree?: Partial<ResolvedTree>;
  readonly ports?: Partial<Ports>;
};

async function run(
  entries: readonly TreeEntry[],
  table: Readonly<Record<string, FactAnswer<PackageFacts>>> = {},
  { only = null, tree = {}, ports = {} }: RunOptions = {},
) {
  const packages = tableSource(table, found(facts()));
  const downloads = tableSource({}, found({ weeklyDownloads: 5_000 as number | null }));
  const progress: string[] = [];
  const judgement = await judgeTree(
    { ...treeOf(entries), ...tree },
    {
      packages: packages.source,
      downloads: downloads.source,
      registryFor: () => REGISTRY,
      judgeName: () => NO_JUDGEMENT,
      popularityOf: () => null,
      feedsFor: () => [],
      askAlways: false,
      verifyIntegrity: 'at-hand',
      ...ports,
    },
    DEFAULT_POLICY,
    {
      nowMs: NOW_MS,
      signal: new AbortController().signal,
      onProgress: (done, total) => progress.push(`${done}/${total}`),
    },
    only,
  );
  const risks = judgement.verdicts.map(({ subject, risk }) => [subject.entry.id, risk]);
  return { judgement, risks, asked: { packages: packages.asked, downloads: downloads.asked }, progress };
}

describe('the pipeline', () => {
  it('asks about each name once, however often the tree holds it', async () => {
    const twice = [
      entry({ id: 'node_modules/a', name: 'a' }),
      entry({ id: 'node_modules/b/node_modules/a', name: 'a' }),
    ];
    const { asked, risks, progress } = await run(twice);
    expect(asked.packages).toEqual([['a']]);
    expect(risks).toHaveLength(2);
    expect(progress).toEqual(['1/1']);
  });

  it('asks for downloads only of names that exist', async () => {
    const { asked } = await run([entry({ name: 'a' }), entry({ name: 'ghost' })], { ghost: ABSENT });
    expect(asked.downloads).toEqual([['a']]);
  });

  it('asks nobody about what no registry serves, and still gives it a verdict', async () => {
    const { asked, risks } = await run([
      entry({ id: 'w', name: 'w', registryName: null, source: 'workspace' }),
    ]);
    expect(asked.packages).toEqual([[]]);
    expect(risks).toEqual([['w', 'safe']]);
  });

  it('leaves out a peer that is not installed and exists, and reports one that nobody owns', async () => {
    const peer = { presence: 'declared', direct: false, peer: true, version: null } as const;
    const { risks } = await run([entry({ ...peer, name: 'real-peer' }), entry({ ...peer, name: 'ghost' })], {
      ghost: ABSENT,
    });
    expect(risks).toEqual([['node_modules/ghost', 'not-found']]);
  });

  it('reports a missing optional dependency also where its scope has an owner', async () => {
    const optional = { presence: 'declared', direct: false, optional: true, version: null } as const;
    const ghost = entry({ ...optional, name: '@widgets/ghost' });
    const { risks } = await run([entry({ name: '@widgets/core' }), ghost], { '@widgets/ghost': ABSENT });
    expect(risks).toContainEqual(['node_modules/@widgets/ghost', 'not-found']);
  });

  it('reports a squat that the next install would resolve for an optional dependency or a peer', async () => {
    const squat = found(
      facts({ createdAtMs: NOW_MS, existedAtMs: NOW_MS, releaseCount: 1, hasRepository: false }),
    );
    const declared = { presence: 'declared', direct: false, version: null } as const;
    const { risks } = await run(
      [entry({ ...declared, name: 'o', optional: true }), entry({ ...declared, name: 'p', peer: true })],
      { o: squat, p: squat },
    );
    expect(risks.map(([, risk]) => risk)).toEqual(['high-risk', 'high-risk']);
  });

  it('is undecided about a required peer of which nobody could be asked', async () => {
    const { risks, judgement } = await run(
      [entry({ name: 'p', presence: 'declared', direct: false, peer: true, version: null })],
      { p: UNAVAILABLE },
    );
    expect(risks).toEqual([['node_modules/p', 'unknown']]);
    expect(judgement.unchecked.map(({ id }) => id)).toEqual(['node_modules/p']);
  });

  it('lists an optional peer as unchecked when nobody could be asked', async () => {
    const peer = { presence: 'declared', direct: false, peer: true, optional: true, version: null } as const;
    const { judgement, risks } = await run([entry({ ...peer, name: 'p' })], { p: UNAVAILABLE });
    expect(risks).toEqual([]);
    expect(judgement.unchecked.map(({ id }) => id)).toEqual(['node_modules/p']);
  });

  it('needs an answer about a direct dependency that is declared only', async () => {
    const { risks } = await run([entry({ name: 'p', presence: 'declared', peer: true })], { p: UNAVAILABLE });
    expect(risks).toEqual([['node_modules/p', 'unknown']]);
  });

  it('says why it could not judge a package', async () => {
    const { judgement } = await run([entry({ name: 'p' })], { p: UNAVAILABLE });
    expect(judgement.unchecked).toEqual([{ id: 'node_modules/p', reason: 'no answer within 30 s' }]);
  });
});

describe('the pipeline, told to judge some entries only', () => {
  const base = entry({ id: 'base', name: 'widget-base' });
  const kit = entry({ id: 'kit', name: 'widget-kit', direct: false });

  it('asks about no other, and gives no other a verdict', async () => {
    const { asked, risks, progress } = await run(
      [base, kit],
      { 'widget-base': ABSENT },
      { only: new Set(['kit']) },
    );
    expect(asked).toEqual({ packages: [['widget-kit']], downloads: [['widget-kit']] });
    expect(risks).toEqual([['kit', 'safe']]);
    expect(progress).toEqual(['1/1']);
  });

  it('asks nobody when there are none', async () => {
    const { asked, judgement } = await run([base, kit], {}, { only: new Set() });
    expect(asked.packages).toEqual([[]]);
    expect(judgement).toEqual({ verdicts: [], unchecked: [], cacheHits: 0 });
  });

  it('is silent on the others, and not on what is no entry', async () => {
    const unchecked = ['base', 'kit', 'pnpm-lock.yaml'].map((id) => ({ id, reason: 'not judged' }));
    const { judgement } = await run([base, kit], {}, { only: new Set(['kit']), tree: { unchecked } });
    expect(judgement.unchecked.map(({ id }) => id)).toEqual(['kit', 'pnpm-lock.yaml']);
  });

  it.each([
    ['counts an established parent among the others', false, 'widget-base'],
    ['knows none in a scope with a registry of its own', true, null],
  ])('%s', async (_, isScopeRegistry, parent) => {
    const edges = new Map([['base', ['kit']]]);
    const popularityOf = (name: string) => (name === 'widget-base' ? 20 : null);
    const registryFor = () => ({ ...REGISTRY, isScopeRegistry });
    const { judgement } = await run(
      [base, kit],
      {},
      { only: new Set(['kit']), tree: { edges }, ports: { popularityOf, registryFor } },
    );
    expect(judgement.verdicts[0]?.subject.context.parent?.name ?? null).toBe(parent);
  });
});

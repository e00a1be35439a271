import { describe, expect, it } from 'vitest';
import type { FactAnswer, FactQuery, FactSource, PackageFacts } from '../../src/model/facts.js';
import { NO_JUDGEMENT } from '../../src/model/name-judgement.js';
import type { PackageName } from '../../src/model/package-name.js';
import type { ResolvedTree, TreeEntry } from '../../src/model/resolved-tree.js';
import { judgeTree } from '../../src/pipeline.js';
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

async function run(
  entries: readonly TreeEntry[],
  table: Readonly<Record<string, FactAnswer<PackageFacts>>> = {},
) {
  const packages = tableSource(table, found(facts()));
  const downloads = tableSource({}, found({ weeklyDownloads: 5_000 as number | null }));
  const progress: string[] = [];
  const judgement = await judgeTree(
    treeOf(entries),
    {
      packages: packages.source,
      downloads: downloads.source,
      registryFor: () => REGISTRY,
      judgeName: () => NO_JUDGEMENT,
      popularityOf: () => null,
      feedsFor: () => [],
      askAlways: false,
      verifyIntegrity: false,
    },
    DEFAULT_POLICY,
    {
      nowMs: NOW_MS,
      signal: new AbortController().signal,
      onProgress: (done, total) => progress.push(`${done}/${total}`),
    },
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

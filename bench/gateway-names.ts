import path from 'node:path';
import { silentIo } from '../src/api/silent-io.js';
import { createGateway } from '../src/gateway/gateway.js';
import type { Manifest } from '../src/gateway/manifest.js';
import { DEFAULT_OPTIONS } from '../src/gateway/options.js';
import { rulingOnName } from '../src/gateway/outcome.js';
import { openRules } from '../src/gateway/rules.js';
import { readTree } from '../src/lockfile/read-tree.js';
import type { ResolvedTree } from '../src/model/resolved-tree.js';
import { loadNameData } from '../src/names/load-name-data.js';
import { registryFor } from '../src/registry/settings.js';
import { NOW_MS } from './accuracy/clock.js';
import { makePackage, type Profile } from './accuracy/make-packument.js';
import { aged, FRESH, genuine, healthy } from './accuracy/profiles.js';
import { randomFor } from './accuracy/random.js';
import { findLockfiles, NO_LOCKFILES } from './perf/lockfiles.js';

// node scripts/run-ts.mjs bench/gateway-names.ts
//
// How many names of the real lockfiles of ../shared/eval a gateway would block that judges one document at a time: with what it
// remembers of who asks for a name, where the documents of those came first, and without. The names and who asks for them are
// real, the documents are made up: each name that is not established gets one after each profile. Nobody is asked for anything.

const PROFILES: Readonly<Record<string, (name: string) => Profile>> = {
  'healthy, 4 years': healthy,
  'quiet, 200 days, 4 versions': aged,
  'young, 20 days, 8 versions': (name) => genuine(name),
  'as a squat, 3 days, install script': () => FRESH,
};
const REGISTRY = 'http://127.0.0.1:9/';

const root = findLockfiles();
if (root === null) {
  console.log(NO_LOCKFILES);
  process.exit(0);
}
const names = loadNameData();
const askers = new Map<string, Set<string>>();
for (const size of ['small', 'medium', 'monorepo', 'xl'])
  for (const file of ['package-lock.json', 'pnpm-lock.yaml'])
    noteEdges(await readTree(path.join(root, size, file)));
const open = [...askers.keys()].filter((name) => names.popularityOf(name) === null);
console.log(`${askers.size} names, ${open.length} of them not established`);
console.log(
  '| documents of those | blocked alone | warned alone | blocked, askers first | warned, askers first |',
);
console.log('|---|---|---|---|---|');
for (const [what, profile] of Object.entries(PROFILES)) {
  const alone = await judgeAll(profile, false);
  const informed = await judgeAll(profile, true);
  console.log(`| ${what} | ${alone.block} | ${alone.warn} | ${informed.block} | ${informed.warn} |`);
}

/** Who asks for each name of a registry. */
function noteEdges({ entries, edges }: ResolvedTree): void {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  for (const { registryName } of entries)
    if (registryName !== null && !askers.has(registryName)) askers.set(registryName, new Set());
  for (const [from, targets] of edges) {
    const asker = byId.get(from)?.registryName;
    for (const target of targets) {
      const name = byId.get(target)?.registryName;
      if (asker && name) askers.get(name)?.add(asker);
    }
  }
}

async function judgeAll(profile: (name: string) => Profile, withAskers: boolean) {
  const io = { ...silentIo({}), nowMs: () => NOW_MS };
  const options = { ...DEFAULT_OPTIONS, downloads: 'none', deadlineMs: 60_000 };
  const gateway = createGateway({
    options,
    faults: [],
    io,
    openRules: () => openRules(options, io),
    registryOf: (_, name) =>
      registryFor(
        { registry: REGISTRY, publicRegistry: REGISTRY, scopeRegistries: {}, userScopes: [] },
        name,
      ),
    onProblem: (message) => console.error(message),
  });
  const dependencies = new Map<string, Record<string, string>>();
  for (const name of open)
    for (const asker of askers.get(name) ?? []) {
      const known = dependencies.get(asker) ?? {};
      dependencies.set(asker, { ...known, [name]: '*' });
    }
  if (withAskers)
    for (const [name, wanted] of dependencies)
      if (names.popularityOf(name) !== null) await gateway.filter(document(name, healthy(name), wanted));
  const counts = { block: 0, warn: 0, allow: 0 };
  for (const name of open) {
    const { outcome } = await gateway.decide(document(name, profile(name), {}));
    counts[rulingOnName(outcome)?.action ?? 'allow']++;
  }
  await gateway.close();
  return counts;
}

function document(name: string, profile: Profile, dependencies: Record<string, string>): Manifest {
  const made = makePackage(name, profile, REGISTRY, randomFor(name)).document ?? {};
  const versions = Object.entries(made['versions'] as Record<string, object>).map(([version, manifest]) => [
    version,
    { ...manifest, dependencies },
  ]);
  return { ...made, versions: Object.fromEntries(versions), _uplinks: { npmjs: {} } };
}

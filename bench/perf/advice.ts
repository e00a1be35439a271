/** Where to look first when a row is over its goal, by id. */
export const ADVICE: Readonly<Record<string, string>> = {
  PERF001: 'The steps of the pipeline for a tree of one, each a Map: src/pipeline.ts.',
  PERF002: 'Compare with undici alone in the same run: what is over it is parsing and judging.',
  PERF003:
    'Connections, not processing, bound the time: `--concurrency`; the cold process pays for loading undici, which alone takes 5.2 × (bench:peers).',
  PERF004:
    'Profile bench/stages/perf004-one-name.ts; a full scan of candidates costs a hundred times an index.',
  PERF005: 'Look for allocations in src/cache/cached-source.ts: P99 is the collector’s.',
  PERF006: 'One aggregated record for a tree; a single key is an index entry and a content of cacache.',
  PERF007:
    '`npm run profile -- check DIR`; compiling modules and collecting garbage come before our own code.',
  PERF008:
    'Profile the 50,000-package lockfile: passes over all entries, copies of them, and what the report keeps.',
  PERF009: 'As PERF004; with workers the NDJSON crosses threads as text.',
  POOL001: 'Why threads gain so little on two cores: docs/performance.md.',
  MEM001: '`npm run profile -- --heap check DIR`; name data is read in one piece, outside the heap.',
  MEM002: 'Words as one string that is searched take a fraction of a Map of arrays.',
  MEM003: 'Two heap snapshots, batches apart, and their difference: docs/performance/PROFILING_GUIDE.md.',
};

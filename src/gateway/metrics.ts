/** Counters in the text format of Prometheus. */
export type Metrics = {
  readonly decided: (action: string) => void;
  readonly judged: (elapsedMs: number) => void;
  readonly count: (what: Counter) => void;
  readonly render: (more: Readonly<Record<string, number>>) => string;
};

const COUNTERS = {
  deadline_hits: 'Judgements that were not there at the deadline.',
  failures: 'Judgements that failed.',
  cache_hits: 'Judgements that were remembered.',
  refused_tarballs: 'Tarballs that were refused.',
  refused_documents: 'Package documents that were refused.',
} as const;

export type Counter = keyof typeof COUNTERS;

/** Upper bounds in seconds. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1];
const ACTIONS = ['allow', 'warn', 'block', 'undecided'];
const PREFIX = 'phantom_guard_';

export function createMetrics(): Metrics {
  const counters = new Map<string, number>(Object.keys(COUNTERS).map((name) => [name, 0]));
  const actions = new Map<string, number>(ACTIONS.map((action) => [action, 0]));
  const buckets = BUCKETS.map(() => 0);
  let sum = 0;
  let judgements = 0;
  return {
    decided: (action) => actions.set(action, (actions.get(action) ?? 0) + 1),
    count: (what) => counters.set(what, (counters.get(what) ?? 0) + 1),
    judged: (elapsedMs) => {
      const seconds = elapsedMs / 1_000;
      sum += seconds;
      judgements++;
      for (const [index, bound] of BUCKETS.entries()) {
        if (seconds <= bound) buckets[index] = (buckets[index] ?? 0) + 1;
      }
    },
    render: (more) =>
      [
        ...head('decisions_total', 'counter', 'Decisions on requests, by action.'),
        ...[...actions].map(([action, value]) => `${PREFIX}decisions_total{action="${action}"} ${value}`),
        ...Object.entries(COUNTERS).flatMap(([name, help]) => [
          ...head(`${name}_total`, 'counter', help),
          `${PREFIX}${name}_total ${counters.get(name) ?? 0}`,
        ]),
        ...head('judging_seconds', 'histogram', 'Time that judging took of a request.'),
        ...BUCKETS.map((bound, index) => `${PREFIX}judging_seconds_bucket{le="${bound}"} ${buckets[index]}`),
        `${PREFIX}judging_seconds_bucket{le="+Inf"} ${judgements}`,
        `${PREFIX}judging_seconds_sum ${sum}`,
        `${PREFIX}judging_seconds_count ${judgements}`,
        ...Object.entries(more).flatMap(([name, value]) => [
          `# TYPE ${PREFIX}${name} ${name.endsWith('_total') ? 'counter' : 'gauge'}`,
          `${PREFIX}${name} ${value}`,
        ]),
        '',
      ].join('\n'),
  };
}

function head(name: string, type: string, help: string): readonly string[] {
  return [`# HELP ${PREFIX}${name} ${help}`, `# TYPE ${PREFIX}${name} ${type}`];
}

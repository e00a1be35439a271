import { type Child, interleave, ratios } from '../perf/child.js';
import { medianOf } from '../perf/distribution.js';

/** Programs that are measured in turn; the first is what the others are multiples of. */
export type Comparison = {
  readonly title: string;
  readonly rounds: number;
  readonly children: Readonly<Record<string, Child>>;
  /** Before each run of a child, outside its time. */
  readonly before?: (name: string) => void;
};

export type PeerRow = {
  readonly title: string;
  readonly name: string;
  /** Median, milliseconds. */
  readonly ms: number;
  /** Median of the rounds' multiples of the first child. */
  readonly ratio: number;
};

/** Each child runs once untimed, which fills its caches. */
export function compare({ title, rounds, children, before }: Comparison): readonly PeerRow[] {
  interleave(1, children, before);
  const times = interleave(rounds, children, before);
  const floor = Object.values(times)[0] ?? [];
  return Object.entries(times).map(([name, all]) => ({
    title,
    name,
    ms: medianOf(all),
    ratio: medianOf(ratios(all, floor)),
  }));
}

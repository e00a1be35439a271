import { type Profiler, Session } from 'node:inspector';

/** Parts of a function that have not run, as offsets in the script. */
type Gaps = readonly (readonly [start: number, end: number])[];

/** What of one script has run, block by block, as V8 counts it. */
export class Coverage {
  readonly #session = new Session();
  readonly #gaps = new Map<string, Gaps>();
  #blocks = 0;

  /** Only scripts that are loaded after this are counted by blocks. */
  start(): void {
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** How often something ran that had not run before: a function, or a part of one. */
  get blocks(): number {
    return this.#blocks;
  }

  /** Whether anything of `url` has run for the first time since the last call; it is noted as known. */
  take(url: string): boolean {
    const fresh = this.#fresh(url);
    for (const [key, gaps] of fresh) this.#gaps.set(key, gaps);
    this.#blocks += fresh.length;
    return fresh.length > 0;
  }

  /** As {@link take}, and nothing is noted: who runs the same again sees it again. */
  hasNew(url: string): boolean {
    return this.#fresh(url).length > 0;
  }

  #fresh(url: string): readonly (readonly [key: string, gaps: Gaps])[] {
    let fresh: readonly (readonly [key: string, gaps: Gaps])[] = [];
    this.#session.post('Profiler.takePreciseCoverage', (error, answer) => {
      if (error !== null) throw error;
      const functions = answer.result.flatMap((script) => (script.url === url ? script.functions : []));
      fresh = functions.flatMap((one) => this.#freshIn(one));
    });
    return fresh;
  }

  #freshIn({ ranges }: Profiler.FunctionCoverage): readonly (readonly [key: string, gaps: Gaps])[] {
    const [whole] = ranges;
    if (whole === undefined || whole.count === 0) return [];
    const key = `${whole.startOffset}:${whole.endOffset}`;
    const known = this.#gaps.get(key);
    if (known?.length === 0) return [];
    const gaps = gapsIn(ranges);
    if (known === undefined) return [[key, gaps]];
    const left = intersect(known, gaps);
    return lengthOf(left) < lengthOf(known) ? [[key, left]] : [];
  }
}

/** Ranges are nested, outer ones first; the count of the innermost is the one that holds. */
function gapsIn(ranges: readonly Profiler.CoverageRange[]): Gaps {
  let gaps: Gaps = [];
  for (const { startOffset, endOffset, count } of ranges) {
    const outside = cut(gaps, startOffset, endOffset);
    gaps = count > 0 ? outside : [...outside, [startOffset, endOffset] as const];
  }
  return gaps;
}

function cut(gaps: Gaps, from: number, to: number): Gaps {
  return gaps.flatMap(([start, end]) =>
    end <= from || start >= to
      ? [[start, end] as const]
      : ([
          [start, from],
          [to, end],
        ].filter(([a = 0, b = 0]) => a < b) as [number, number][]),
  );
}

function intersect(some: Gaps, others: Gaps): Gaps {
  return some.flatMap(([a, b]) =>
    others.flatMap(([c, d]) => {
      const both = [Math.max(a, c), Math.min(b, d)] as const;
      return both[0] < both[1] ? [both] : [];
    }),
  );
}

function lengthOf(gaps: Gaps): number {
  return gaps.reduce((sum, [start, end]) => sum + end - start, 0);
}

/**
 * The shortest ways from the importers of a tree to what they reach. A way is never walked as a whole: in a chain of
 * 100,000 packages all ways together would have five billion steps.
 */
export class ShortestWays {
  readonly #before: ReadonlyMap<string, string | null>;
  readonly #shown: number;
  readonly #steps = new Map<string, number>();
  /** The id at which the shown start of a way ends. */
  readonly #heads = new Map<string, string>();
  /** What is reached over an id lies in `[first, first + size)` of one order of all ids. */
  readonly #first = new Map<string, number>();
  readonly #size = new Map<string, number>();

  /**
   * @param before the previous id on the way to each id, `null` for importers; nearer ones come first
   * @param shown how many ids the start of a way has
   */
  constructor(before: ReadonlyMap<string, string | null>, shown: number) {
    this.#before = before;
    this.#shown = shown;
    for (const [id, previous] of before) {
      const steps = previous === null ? 0 : this.stepsTo(previous) + 1;
      this.#steps.set(id, steps);
      this.#heads.set(id, steps < shown ? id : (this.#heads.get(previous ?? id) ?? id));
    }
    this.#number();
  }

  /** 0 for importers, and for what none of them reaches. */
  stepsTo(id: string): number {
    return this.#steps.get(id) ?? 0;
  }

  /** Whether the way to `target` leads over `id`, or is the way to it. */
  isOnWay(id: string, target: string): boolean {
    const [from, at] = [this.#first.get(id), this.#first.get(target)];
    return from !== undefined && at !== undefined && at >= from && at < from + (this.#size.get(id) ?? 0);
  }

  /** The first ids of the way to `id`: all of them where there are no more than are shown. */
  startOfWay(id: string): readonly string[] {
    return this.endOfWay(this.#heads.get(id) ?? id, this.#shown);
  }

  /** The last ids of the way to `id`, itself among them: `count` at most. */
  endOfWay(id: string, count: number): readonly string[] {
    const way: string[] = [];
    for (let at: string | null = id; at !== null && way.length < count; at = this.#before.get(at) ?? null)
      way.push(at);
    return way.reverse();
  }

  #number(): void {
    for (const id of this.#before.keys()) this.#size.set(id, 1);
    for (const [id, previous] of [...this.#before].reverse()) {
      if (previous !== null) this.#size.set(previous, this.#sizeOf(previous) + this.#sizeOf(id));
    }
    const free = new Map<string, number>();
    let next = 0;
    for (const [id, previous] of this.#before) {
      const first = previous === null ? next : (free.get(previous) ?? 0);
      if (previous === null) next += this.#sizeOf(id);
      else free.set(previous, first + this.#sizeOf(id));
      this.#first.set(id, first);
      free.set(id, first + 1);
    }
  }

  #sizeOf(id: string): number {
    return this.#size.get(id) ?? 0;
  }
}

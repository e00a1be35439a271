import path from 'node:path';
import type { FuzzTarget } from '../target.js';
import type { Coverage } from './coverage.js';
import { CurrentInput } from './current-input.js';
import { type Fault, judgeAgain, judgeRun } from './judge-run.js';
import { inflate, type Material, mutate } from './mutate.js';
import { Random } from './random.js';
import { shrink } from './shrink.js';
import { readInputs, storeInput } from './store.js';

/** What one process does. */
export type FuzzJob = {
  readonly target: string;
  /** Inputs to try, seeds included. */
  readonly inputs: number;
  readonly seed: number;
  /** Folder of the corpus and of the file of the current input. */
  readonly work: string;
  /** Folder that findings go to. */
  readonly found: string;
};

/** What came of it. */
export type FuzzTally = {
  readonly inputs: number;
  readonly corpus: number;
  /** See `Coverage.blocks`. */
  readonly blocks: number;
  readonly longestMs: number;
  readonly largestMb: number;
  readonly findings: readonly Finding[];
};

/** An input that was stored. */
export type Finding = {
  readonly kind: Fault['kind'] | 'hang' | 'crash';
  readonly file: string;
  readonly text: string;
};

/** V8 is asked after a batch, which takes it some ms; a batch with something new is run again one by one. */
const LARGEST_BATCH = 64;
/** One input in so many is a long one. */
const LONG_ONE_IN = 1000;
const KEPT_BYTES = 64 * 1024;
/** After so many different ones it is known that something is wrong. */
const MOST_FAULTS = 10;

export class FuzzLoop {
  readonly #target: FuzzTarget;
  readonly #job: FuzzJob;
  readonly #coverage: Coverage;
  readonly #url: string;
  readonly #random: Random;
  readonly #corpus: Buffer[] = [];
  readonly #faults = new Map<string, Finding>();
  readonly #current: CurrentInput;
  #inputs = 0;
  #longestMs = 0;
  #largestMb = 0;

  /** @param url the script whose coverage counts */
  constructor(target: FuzzTarget, job: FuzzJob, coverage: Coverage, url: string) {
    this.#target = target;
    this.#job = job;
    this.#coverage = coverage;
    this.#url = url;
    this.#random = new Random(job.seed);
    this.#current = new CurrentInput(path.join(job.work, 'current'));
  }

  async run(): Promise<FuzzTally> {
    const stored = readInputs(path.join(this.#job.work, 'corpus')).map(([, input]) => input);
    for (const seed of [...this.#target.seeds().map((one) => Buffer.from(one)), ...stored]) {
      this.#corpus.push(seed);
      await this.#judge(seed);
      this.#coverage.take(this.#url);
    }
    let size = 4;
    while (this.#inputs < this.#job.inputs) {
      const isNew = await this.#tryBatch(Math.min(size, this.#job.inputs - this.#inputs));
      size = isNew ? Math.max(4, size >> 1) : Math.min(LARGEST_BATCH, size * 2);
    }
    this.#current.close();
    return this.#tally();
  }

  /** @returns whether it reached something new */
  async #tryBatch(size: number): Promise<boolean> {
    const material: Material = { random: this.#random, words: this.#target.words, corpus: this.#corpus };
    const batch = Array.from({ length: size }, () =>
      this.#random.below(LONG_ONE_IN) === 0 ? inflate(material) : mutate(material),
    );
    for (const input of batch) await this.#judge(input);
    if (!this.#coverage.hasNew(this.#url)) return false;
    for (const input of batch) {
      if (input.length > KEPT_BYTES) continue;
      this.#current.write(input);
      await judgeRun(this.#target, input);
      if (this.#coverage.take(this.#url)) this.#keep(input);
    }
    return true;
  }

  async #judge(input: Buffer): Promise<void> {
    this.#current.write(input);
    const { ms, mb, fault } = await judgeAgain(this.#target, input);
    this.#inputs++;
    this.#longestMs = Math.max(this.#longestMs, ms);
    this.#largestMb = Math.max(this.#largestMb, mb);
    if (fault === null || this.#faults.has(fault.key) || this.#faults.size >= MOST_FAULTS) return;
    const smallest = fault.kind === 'error' ? await shrink(this.#target, input, fault.key) : input;
    const file = storeInput(this.#job.found, smallest);
    this.#faults.set(fault.key, { kind: fault.kind, file, text: fault.text });
  }

  #keep(input: Buffer): void {
    this.#corpus.push(input);
    storeInput(path.join(this.#job.work, 'corpus'), input);
  }

  #tally(): FuzzTally {
    return {
      inputs: this.#inputs,
      corpus: this.#corpus.length,
      blocks: this.#coverage.blocks,
      longestMs: Math.round(this.#longestMs),
      largestMb: Math.round(this.#largestMb),
      findings: [...this.#faults.values()],
    };
  }
}

import type { MessagePort } from 'node:worker_threads';
import type { EpochMs, FactAnswer, FactQuery, PackageFacts } from '../model/facts.js';
import type { PackageName } from '../model/package-name.js';
import type { RegistrySettings } from '../registry/settings.js';

// What goes between the threads: plain data only, since errors lose their class and functions can't be sent.

/** What a worker thread is born with; it holds secrets, and stays in memory. */
export type ThreadSetup = {
  readonly settings: RegistrySettings;
  /** Requests at a time of one task. */
  readonly concurrency: number;
  /** Connections per origin of the thread. */
  readonly connections: number;
  /** For one name, with retries and body, in milliseconds. */
  readonly deadlineMs: number;
};

/** Facts to be fetched. Each answer goes to `port` as it comes: what a thread has said before it died is not lost. */
export type LookUpTask = {
  readonly queries: readonly FactQuery<PackageFacts>[];
  readonly nowMs: EpochMs;
  readonly port: MessagePort;
};

/** From the worker, by the port of a task. */
export type Told =
  | { readonly kind: 'began'; readonly threadId: number }
  | {
      readonly kind: 'answer';
      readonly name: PackageName;
      readonly answer: FactAnswer<PackageFacts>;
      /** HTTP requests of its thread that no message has counted yet. */
      readonly requests: number;
    };

/** To the worker, by the port of a task: the run is over, by the user or by its time limit. */
export type RunEnd = 'aborted' | 'timeout';

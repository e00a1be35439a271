import { threadId } from 'node:worker_threads';
import { forEachBounded } from '../registry/for-each-bounded.js';
import { createRegistrySource } from '../registry/registry-source.js';
import type { LookUpTask, RunEnd, ThreadSetup, Told } from './tasks.js';

/** What a worker thread does with its tasks: it asks registries and tells each answer as it comes. */
export function createTaskServer(setup: ThreadSetup): (task: LookUpTask) => Promise<void> {
  const { settings, connections, concurrency, deadlineMs } = setup;
  const source = createRegistrySource({ settings, concurrency: connections, deadlineMs });
  let counted = 0;
  const newRequests = (): number => {
    const added = source.requests() - counted;
    counted += added;
    return added;
  };
  return async ({ queries, nowMs, port }) => {
    const tell = (told: Told): void => port.postMessage(told);
    const run = new AbortController();
    port.on('message', (end: RunEnd) => run.abort(reasonOf(end)));
    tell({ kind: 'began', threadId });
    const context = { nowMs, signal: run.signal, onAnswer: () => undefined };
    await forEachBounded(queries, concurrency, async (query) => {
      for (const [name, answer] of await source.lookup([query], context))
        tell({ kind: 'answer', name, answer, requests: newRequests() });
    });
    port.close();
  };
}

/** As AbortSignal.timeout has it, which is what tells a time limit from a user who gave up. */
function reasonOf(end: RunEnd): unknown {
  return end === 'timeout'
    ? new DOMException('the time for the whole run was used up', 'TimeoutError')
    : undefined;
}

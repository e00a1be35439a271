// Stands for workers/look-up-facts: answers "absent", or does what the name says.
import { appendFileSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { threadId, workerData } from 'node:worker_threads';

/** The tests hand a file over as the user agent: a line for each name that a thread was asked about. */
const book = workerData.settings.userAgent;
const timesAsked = (name) =>
  readFileSync(book, 'utf8')
    .split('\n')
    .filter((one) => one === name).length;

const FAULTS = {
  exit: () => process.exit(1),
  throw: () => {
    throw new Error('a defect');
  },
  uncaught: () => {
    setImmediate(() => {
      throw new Error('a defect elsewhere');
    });
    return new Promise(() => undefined);
  },
  reject: () => {
    void Promise.reject(new Error('nobody catches it'));
    return new Promise(() => undefined);
  },
  hang: () => {
    for (;;);
  },
  wait: () => new Promise(() => undefined),
  memory: () => {
    const kept = [];
    for (;;) kept.push({ more: kept.length });
  },
};

export default async function work({ queries, nowMs, port }) {
  port.postMessage({ kind: 'began', threadId });
  for (const { name } of queries) {
    appendFileSync(book, `${name}\n`);
    const [, , fault = '', when = ''] = name.split('-');
    await sleep(0);
    if (fault in FAULTS && (when !== 'once' || timesAsked(name) === 1)) await FAULTS[fault]();
    port.postMessage({
      kind: 'answer',
      name,
      answer: { kind: 'absent', fetchedAtMs: nowMs, from: 'registry' },
      requests: 1,
    });
  }
  port.close();
}

import type { Started } from '../../test/support/guarded-process.js';
import type { Count } from './fault.js';

/** What was started by a process that was killed has that long to notice. */
const GRACE_MS = 60_000;

/** Looks whether a process that has ended, and everything that it had started, is gone. */
export async function expectGone(count: Count, started: Started): Promise<void> {
  count.look('orphans', await isGone(started), `processes of group ${started.child.pid} are left`);
}

export function isGone(started: Started): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), GRACE_MS);
    void started.gone().then(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

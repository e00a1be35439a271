import { afterAll, expect, vi } from 'vitest';

// Files of test/unit follow each other in one process: what one of them left behind would change what the next one sees.
const before = { cwd: process.cwd(), env: { ...process.env }, listeners: listeners() };

afterAll(() => {
  vi.restoreAllMocks();
  expect({ cwd: process.cwd(), env: { ...process.env }, listeners: listeners() }).toEqual(before);
});

/** How many listen to each event of the process. */
function listeners(): Readonly<Record<string, number>> {
  const events = process.eventNames().map(String).toSorted();
  return Object.fromEntries(events.map((event) => [event, process.listenerCount(event)]));
}

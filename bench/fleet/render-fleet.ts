import type { EntrySize } from './measure-entry.js';
import type { MeasuredTree } from './measure-trees.js';
import type { Day, Fleet } from './simulate-day.js';

/** One day of the simulation and what it is called. */
export type Case = { readonly title: string; readonly day: Day };

const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** The measured inputs and a row for each case, as Markdown. */
export function renderFleet(
  trees: readonly MeasuredTree[],
  { bytes, redisBytes }: EntrySize,
  { developers, checksEach, ciRuns, inventedShare }: Omit<Fleet, 'projects'>,
  cases: readonly Case[],
): string {
  const measured = trees.map(
    ({ title, names, open }) => `${title}: ${open.length} of ${number.format(names)}`,
  );
  const entry = redisBytes === null ? bytes : redisBytes;
  return [
    `Names that the bundled data does not know, in real lockfiles: ${measured.join('; ')}. One entry is ${number.format(bytes)} bytes, and takes ${
      redisBytes === null ? 'an unknown number of' : number.format(redisBytes)
    } bytes of a Redis. ${number.format(developers)} developers with ${checksEach} checks each, ${number.format(ciRuns)} runs of CI with an empty cache, in ${inventedShare * 100} % of all runs an invented name.`,
    '',
    '| case | questions | local cache | store | registry | most per second | commands to the store | entries | memory |',
    '|---|--:|--:|--:|--:|--:|--:|--:|--:|',
    ...cases.map(({ title, day }) =>
      [
        '',
        title,
        ...[
          day.questions,
          day.local,
          day.fromStore,
          day.registry,
          day.peakRegistryPerSecond,
          day.storeCommands,
          day.entries,
        ].map((value) => number.format(value)),
        `${number.format((day.entries * entry) / 1024)} kB`,
        '',
      ]
        .join(' | ')
        .trim(),
    ),
  ].join('\n');
}

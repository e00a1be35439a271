import { parseArgs } from 'node:util';

export type ProfileOptions = {
  /** Sample allocations, not time. */
  readonly heap: boolean;
  /** List the files that are loaded instead. */
  readonly files: boolean;
  /** What is shown is bytes. */
  readonly isHeap: boolean;
  /** Rows of each table. */
  readonly top: number;
  /** Write a flame graph there. */
  readonly flame: string | null;
  /** Write folded stacks there. */
  readonly folded: string | null;
  /** Keep the profile itself there. */
  readonly keep: string | null;
  /** A profile that was written before. */
  readonly read: string | null;
  /** The guard's command line. */
  readonly command: readonly string[];
};

const OURS = {
  heap: { type: 'boolean', default: false },
  files: { type: 'boolean', default: false },
  top: { type: 'string', default: '25' },
  flame: { type: 'string' },
  folded: { type: 'string' },
  keep: { type: 'string' },
  read: { type: 'string' },
} as const;

/** Options before the first word are ours, the rest is the guard's. @throws TypeError for an unknown option */
export function readProfileOptions(argv: readonly string[]): ProfileOptions {
  const { tokens } = parseArgs({
    args: [...argv],
    options: OURS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const first = tokens.find(({ kind }) => kind === 'positional')?.index ?? argv.length;
  const { values } = parseArgs({ args: argv.slice(0, first), options: OURS });
  const { heap, files, top, flame = null, folded = null, keep = null, read = null } = values;
  const command = argv.slice(first);
  if (command.length === 0 && read === null) throw new TypeError('profile what? For example: check DIR');
  return {
    heap,
    files,
    isHeap: heap || read?.endsWith('.heapprofile') === true,
    top: Number(top),
    flame,
    folded,
    keep,
    read,
    command,
  };
}

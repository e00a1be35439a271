import { readFileSync } from 'node:fs';

/** What docs/fleet.md says of a client that is refused a package. */
export type ClientRow = {
  readonly client: string;
  /** What it prints when it asks for the package by name, and when it follows a lockfile. */
  readonly byName: string;
  readonly byLockfile: string;
  /** Where it gets a tarball from that a lockfile of its public registry names. */
  readonly publicLockfile: string;
  /** And one that a lockfile names at a third host. */
  readonly foreignLockfile: string;
};

/** The rows of the table, in order. */
export function clientRows(): readonly ClientRow[] {
  const page = readFileSync('docs/fleet.md', 'utf8');
  const [, table = ''] = /<!-- clients -->([\s\S]*?)<!-- \/clients -->/.exec(page) ?? [];
  return table
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => {
      const cells = line.split('|').map((cell) => cell.trim());
      const [, client = '', byName = '', byLockfile = '', publicLockfile = '', foreignLockfile = ''] = cells;
      return { client, byName, byLockfile, publicLockfile, foreignLockfile };
    });
}

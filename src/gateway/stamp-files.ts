import { stat } from 'node:fs/promises';

/** What a change of a file changes, for each of them; a file that is missing is a state, too. */
export async function stampsOf(files: readonly string[]): Promise<readonly string[]> {
  return await Promise.all(
    files.map(async (file) => {
      const found = await stat(file).catch(() => null);
      // The time of the change, not that of the content, which whoever copies a file may set.
      return found === null ? 'none' : `${found.ctimeMs} ${found.size} ${found.ino}`;
    }),
  );
}

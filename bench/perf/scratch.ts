import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';

/** On the disk of the repository, where the temporary folder of the system may be memory. */
const PARENT = path.resolve('node_modules/.cache');

/** Gives `work` a folder of its own, which is removed afterwards. Bundles in it find data/ and node_modules. */
export async function inScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  mkdirSync(PARENT, { recursive: true });
  const folder = mkdtempSync(path.join(PARENT, 'bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

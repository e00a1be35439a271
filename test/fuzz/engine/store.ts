import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Writes an input into a folder, under the hash of its bytes. @returns its path */
export function storeInput(folder: string, input: Buffer): string {
  mkdirSync(folder, { recursive: true });
  const name = createHash('sha256').update(input).digest('hex').slice(0, 16);
  const file = path.join(folder, name);
  writeFileSync(file, input);
  return file;
}

/** The inputs of a folder by their file names; none where there is no folder. */
export function readInputs(folder: string): readonly (readonly [name: string, input: Buffer])[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder).toSorted();
  } catch {
    // Nothing has been stored there.
    return [];
  }
  return names.map((name) => [name, readFileSync(path.join(folder, name))] as const);
}

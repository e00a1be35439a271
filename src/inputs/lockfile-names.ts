import { readdirSync } from 'node:fs';

const LOCKFILE = /^(?:npm-shrinkwrap\.json|package-lock\.json|pnpm-lock\..*yaml|yarn\.lock|bun\.lockb?)$/i;

/** The names of the lockfiles in a folder, of whatever manager, those of branches included. */
export function lockfileNames(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => LOCKFILE.test(name));
}

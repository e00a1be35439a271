import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The real lockfiles of the evaluation data; not part of the repository. */
export const EVAL_LOCKFILES = path.resolve(import.meta.dirname, '../../../shared/eval/lockfiles');
export const hasEvalData = existsSync(EVAL_LOCKFILES);

/** A temporary directory with these files; an object is written as JSON. */
export function writeProject(files: Readonly<Record<string, string | object>>): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'phantom-guard-project-'));
  writeFiles(dir, files);
  return dir;
}

/** Writes these files below `dir`; an object is written as JSON. */
export function writeFiles(dir: string, files: Readonly<Record<string, string | object>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    writeFileSync(
      path.join(dir, name),
      typeof content === 'string' ? content : JSON.stringify(content, null, 2),
    );
  }
}

/** The text of one file of the evaluation data. */
export function readEvalFile(name: string): string {
  return readFileSync(path.join(EVAL_LOCKFILES, name), 'utf8');
}

/** A package-lock.json (version 3) of a root that asks for every key of `packages` whose location is at the top. */
export function packageLock(packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>): object {
  const direct = Object.keys(packages)
    .filter((location) => location.lastIndexOf('node_modules/') === 0)
    .map((location) => [location.slice('node_modules/'.length), '*']);
  return {
    name: 'project',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: 'project', version: '1.0.0', dependencies: Object.fromEntries(direct) },
      ...packages,
    },
  };
}

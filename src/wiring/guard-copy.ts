import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { GuardError } from '../errors.js';
import type { Change } from './change.js';
import { listFiles, sameFolder } from './copy-folder.js';
import { manifestIn, PACKAGE_NAME, type RunningPackage } from './package-root.js';

/** What is published of the package; scripts/check-package.mjs lists the same. */
const PARTS: readonly RegExp[] = [
  /^(?:dist|hooks|schemas)\//,
  /^data\/[^/]+\.bin$/,
  /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
];
const TOP = ['dist', 'hooks', 'schemas', 'data'];
const SINGLE = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'];

/** The copy of the running package in the user's install; nothing where it is there already, or is what runs. */
export async function planGuard({ root }: RunningPackage, target: string): Promise<readonly Change[]> {
  if ((await realPath(root)) === (await realPath(target))) return [];
  const files = await publishedFiles(root);
  if (!files.includes(path.join('dist', 'cli.js'))) {
    const hint = 'Install phantom-guard-install again; in a clone of its repository run "npm run build".';
    throw new GuardError('INTERNAL', `${path.join(root, 'dist', 'cli.js')} is missing`, hint);
  }
  if (await sameFolder(root, target, files)) return [];
  if (manifestIn(target) !== null && !isGuard(target)) throw notOurs(target);
  return [{ kind: 'folder', path: target, source: root, files }];
}

/** The removal of the copy; nothing where there is none. */
export function unplanGuard(target: string): readonly Change[] {
  return isGuard(target) ? [{ kind: 'folder', path: target, source: null, files: [] }] : [];
}

/** Whether a folder holds this package. */
export function isGuard(folder: string): boolean {
  return manifestIn(folder)?.['name'] === PACKAGE_NAME;
}

async function publishedFiles(root: string): Promise<readonly string[]> {
  const lists = await Promise.all(
    TOP.map(async (folder) =>
      (await listFiles(path.join(root, folder))).map((file) => path.join(folder, file)),
    ),
  );
  const single = (await Promise.all(SINGLE.map((file) => realPath(path.join(root, file))))).flatMap(
    (real, index) => (real === null ? [] : (SINGLE[index] ?? [])),
  );
  return [...lists.flat(), ...single].filter((file) =>
    PARTS.some((part) => part.test(file.split(path.sep).join('/'))),
  );
}

async function realPath(file: string): Promise<string | null> {
  return await realpath(file).catch(() => null);
}

function notOurs(folder: string): GuardError {
  return new GuardError(
    'USAGE',
    `${folder} is another package`,
    'Move it away, then run init --global again.',
  );
}

import { isKnown } from './scope.js';

/** Files of Node that are a package manager. */
const FILES: readonly (readonly [RegExp, string])[] = [
  [/^npm-cli\.c?js$/, 'npm'],
  [/^npx-cli\.c?js$/, 'npx'],
  [/^pnpm\.(?:c|m)?js$/, 'pnpm'],
  [/^pnpx\.(?:c|m)?js$/, 'pnpx'],
  [/^yarn(?:-[\d.]+(?:-\w+)*)?\.(?:c|m)?js$/, 'yarn'],
  [/^yarnpkg(?:\.js)?$/, 'yarn'],
  [/^corepack\.(?:c|m)?js$/, 'corepack'],
];

/** The name that a program is known by: without its folder, and without endings of Windows. `null` = it is not known. */
export function programName(word: string): string | null {
  const base = word.slice(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1);
  if (!isKnown(base) || (/[*?[]/.test(base) && !/^\[{1,2}$/.test(base))) return null;
  const plain = base.replace(/\.(?:cmd|exe|ps1)$/i, '');
  return FILES.find(([pattern]) => pattern.test(plain))?.[1] ?? plain;
}

/** Whether the word says where the program lies, so that the PATH is not asked. */
export function isPath(word: string): boolean {
  return word.includes('/');
}

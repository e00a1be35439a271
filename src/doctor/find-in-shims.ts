import type { Facts } from './facts.js';
import { type Finding, INIT_GLOBAL } from './finding.js';
import type { ShimFacts, ShimState } from './read-shims.js';

/** Why the shims of this user lead nowhere, or are not found. */
export function findInShims({ shims }: Facts): readonly Finding[] {
  const names = ['npm', 'npx'] as const;
  const isSetUp =
    names.some((name) => shims[name].isThere || shims[name].first?.isShim) || shims.startFiles.length > 0;
  if (!isSetUp) return [];
  // pnpm need not be there at all.
  const managers = (['pnpm', 'pnpx'] as const).filter(
    (name) => shims[name].isThere || shims[name].first !== null,
  );
  return [...[...names, ...managers].flatMap((name) => findOne(name, shims[name], shims)), ...findAll(shims)];
}

function findOne(
  name: string,
  { isThere, first, isShadowed }: ShimState,
  shims: ShimFacts,
): readonly Finding[] {
  if (!isThere && first?.isShim !== true)
    return [{ code: 'SHIM_MISSING', message: `the shim of ${name} is missing`, fix: INIT_GLOBAL }];
  if (first === null || first.isShim) return [];
  if (isShadowed) {
    const message = `${first.file} comes before the shim on the PATH: ${name} is not guarded`;
    return [
      {
        code: 'SHIM_SHADOWED',
        message,
        fix: 'put the folder of the shims first on the PATH',
        file: first.file,
      },
    ];
  }
  return [{ code: 'SHIM_NOT_ON_PATH', ...notOnPath(name, shims) }];
}

function notOnPath(name: string, { startFiles, scriptsThatFindThem }: ShimFacts): Omit<Finding, 'code'> {
  const scripts = (['bash', 'sh', 'zsh'] as const).filter((shell) => !scriptsThatFindThem.includes(shell));
  const where = `a script of ${scripts.join(', ')} started from here does not find the guard`;
  const message = `the shim of ${name} is not on the PATH: ${where}`;
  const [file] = startFiles;
  return file === undefined
    ? { message: `${message}, and no start file of a shell leads there`, fix: INIT_GLOBAL }
    : { message, fix: 'open a new shell, and start from there what is to be guarded', file };
}

function findAll({ hasGuard, startFiles, npm }: ShimFacts): readonly Finding[] {
  const findings: Finding[] = [];
  if (!hasGuard)
    findings.push({
      code: 'SHIM_WITHOUT_GUARD',
      message: 'the guard behind the shims is missing',
      fix: INIT_GLOBAL,
    });
  if (npm.first?.isShim && startFiles.length === 0) {
    const message =
      'the shims are on this PATH, and no start file of a shell leads there: other terminals are not guarded';
    findings.push({ code: 'SHIM_ONLY_HERE', message, fix: INIT_GLOBAL });
  }
  return findings;
}

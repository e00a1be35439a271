import type { Facts } from './facts.js';
import { findInPnpm } from './find-in-pnpm.js';
import type { Finding } from './finding.js';

/** What of the project itself keeps a guard from judging, or makes it say yes without knowing. */
export function findInProject(facts: Facts): readonly Finding[] {
  const ofTree = facts.hasProject ? [...findInLockfile(facts), ...findInTree(facts)] : [];
  return [...ofTree, ...findInConfig(facts), ...findInPnpm(facts)];
}

function findInLockfile({ lockfile, isCi, pnpm }: Facts): readonly Finding[] {
  const { file, version, withoutIntegrity } = lockfile;
  if (file === null) {
    if (!isCi || pnpm.isUsed) return [];
    const message = 'there is no lockfile: this run may install other versions than were ever judged';
    return [
      {
        code: 'LOCKFILE_MISSING',
        message,
        fix: 'phantom-guard-install npm install, and commit package-lock.json',
      },
    ];
  }
  if (version === 1) {
    const message = 'a lockfile of version 1 (npm 5 and 6): what landed can not be compared with it';
    return [
      {
        code: 'LOCKFILE_VERSION_1',
        message,
        fix: 'phantom-guard-install npm install --lockfile-version=3',
        file,
      },
    ];
  }
  if (withoutIntegrity.length === 0) return [];
  const count = withoutIntegrity.length;
  const message = `${count} ${count === 1 ? 'entry has' : 'entries have'} no integrity: npm installs whatever bytes it is given`;
  return [{ code: 'LOCKFILE_WITHOUT_INTEGRITY', message, fix: 'phantom-guard-install npm ci', file }];
}

function findInTree({ pnpm, tree }: Facts): readonly Finding[] {
  const { asked, entries, unchecked, problem } = tree;
  if (problem !== null) return [{ code: 'TREE_UNREADABLE', message: problem.message, fix: problem.hint }];
  if (entries === 0 && asked > 0) {
    const message = `package.json names ${asked} dependencies, and the tree that is judged has none`;
    return [
      {
        code: 'GUARD_JUDGED_NOTHING',
        message,
        fix: `phantom-guard-install ${pnpm.isUsed ? 'pnpm' : 'npm'} install`,
      },
    ];
  }
  if (entries === 0 || unchecked < entries) return [];
  const message = `none of the ${entries} packages comes from a registry: nobody can be asked about them`;
  return [{ code: 'EVERYTHING_UNCHECKED', message, fix: 'phantom-guard-install check --verbose' }];
}

function findInConfig({ config: { problem, onUnavailable, files } }: Facts): readonly Finding[] {
  if (problem !== null) return [{ code: 'CONFIG_INVALID', message: problem.message, fix: problem.hint }];
  if (onUnavailable !== 'allow') return [];
  const message = 'onUnavailable is "allow": without a registry to ask, every package passes';
  const file = files.at(-1);
  const fix = 'set onUnavailable to "block"';
  return [{ code: 'CONFIG_ON_UNAVAILABLE', message, fix, ...(file === undefined ? {} : { file }) }];
}

import path from 'node:path';
import { checkOf, forgetVerdicts, prepareCheck } from '../perf/check.js';
import { BARE, type Child } from '../perf/child.js';
import { copyProject, type Size } from '../perf/lockfiles.js';
import { providePeer } from '../perf/provide-peer.js';
import type { Comparison } from './comparison.js';

/** The newest on 2026-11-24. It reads no pnpm-lock.yaml. */
const LOCKFILE_LINT = '5.0.1';
const SIZES: readonly Size[] = ['small', 'medium', 'xl'];

/** The same lockfile by whoever checks lockfiles, over bare Node. */
export function compareLockfiles(scratch: string): readonly Comparison[] {
  const lint = path.join(providePeer('lockfile-lint', LOCKFILE_LINT), 'bin/lockfile-lint.js');
  return [
    ...SIZES.map((size) => {
      const { lockfile, ...ours } = prepare(size, 'package-lock.json', scratch);
      const rules = ['--path', lockfile, '--type', 'npm', '--allowed-hosts', 'npm', '--validate-https'];
      const peer: Child = { args: [lint, ...rules], cwd: scratch };
      return { ...ours, children: { ...ours.children, [`lockfile-lint ${LOCKFILE_LINT}`]: peer } };
    }),
    prepare('xl', 'pnpm-lock.yaml', scratch),
  ];
}

function prepare(size: Size, file: 'package-lock.json' | 'pnpm-lock.yaml', scratch: string) {
  const lockfile = copyProject(size, file, path.join(scratch, `${size}-${file}`));
  const cacheDir = path.join(scratch, 'cache');
  const check = checkOf(lockfile, cacheDir);
  const packages = prepareCheck(check, cacheDir);
  return {
    title: `${file}, ${packages} packages`,
    rounds: 9,
    lockfile,
    children: { 'node -e 0': BARE, 'check, judged anew': check, 'check, judged before': check },
    before: (name: string) => {
      if (name === 'check, judged anew') forgetVerdicts(cacheDir);
    },
  };
}

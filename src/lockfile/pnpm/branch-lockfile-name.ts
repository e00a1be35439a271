/** Whether a file is the lockfile of a branch: `pnpm-lock.BRANCH.yaml`, of pnpm with `gitBranchLockfile`. */
export function isBranchLockfile(file: string): boolean {
  return /^pnpm-lock\..+\.yaml$/.test(file);
}

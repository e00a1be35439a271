import { spawnSync } from 'node:child_process';
import type { FuzzBundles } from './run-child.js';

/** Whether a target breaks a limit over a stored input in a process that does nothing else. */
export function confirmFinding(target: string, file: string, bundles: FuzzBundles): boolean {
  const { status } = spawnSync(process.execPath, [bundles.child, '--replay', target, file, bundles.targets]);
  return status !== 0;
}

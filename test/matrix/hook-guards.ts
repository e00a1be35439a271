import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installGuard } from '../support/installed-guard.js';
import type { AddedEnv, Cell } from './guards.js';
import { publishGuard } from './published-guard.js';

const HOOK = '.phantom-guard/preinstall.cjs';

/** As `init` leaves a project: the hook lies in it and package.json names it. */
export function wirePreinstall(cell: Cell, options: readonly string[]): AddedEnv {
  cpSync('hooks/preinstall.cjs', path.join(cell.dir, HOOK), { recursive: true });
  changeManifest(cell.dir, { scripts: { preinstall: `node ${HOOK}` } });
  const env = hookEnv(cell, options);
  placeGuard(cell, env['PHANTOM_GUARD_HOME'] ?? '');
  return env;
}

/** By the absolute path of the user's install, in the user's .npmrc. */
export function wireScriptGate(cell: Cell, options: readonly string[]): AddedEnv {
  const env = hookEnv(cell, options);
  const guard = installGuard(env['PHANTOM_GUARD_HOME'] ?? '');
  const setting = `script-shell=${path.join(guard, 'hooks/script-shell')}\n`;
  appendFileSync(path.join(cell.home, '.npmrc'), setting);
  return env;
}

function hookEnv({ home }: Cell, options: readonly string[]): AddedEnv {
  return { PHANTOM_GUARD_HOME: path.join(home, 'guard'), PHANTOM_GUARD_OPTIONS: options.join(' ') };
}

/** Where the hook of this row finds the guard. */
function placeGuard({ dir, registry, scenario }: Cell, guardHome: string): void {
  switch (scenario.guardPlace ?? 'user') {
    case 'user':
      installGuard(guardHome);
      return;
    case 'project':
      installGuard(dir);
      return;
    case 'pinned':
      writeFileSync(path.join(dir, 'phantom-guard.lock.json'), JSON.stringify(publishGuard(registry)));
      return;
    case 'nowhere':
      return;
  }
}

function changeManifest(dir: string, added: object): void {
  const file = path.join(dir, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...manifest, ...added }, null, 2));
}

import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach } from 'vitest';
import { placesOf } from '../../src/wiring/places.js';
import { SHIM_MARK } from '../../src/wrap/real-npm.js';
import { launcherDir, type Manager } from './managers.js';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder that goes with the test. */
export function temporaryFolder(name = 'folder'): string {
  const folder = mkdtempSync(path.join(tmpdir(), `phantom-guard-${name}-`));
  folders.push(folder);
  return folder;
}

/** The environment of a user of that npm, with a copy of the built guard and what else is named. */
export function wiredUser(manager: Manager, wiring: { readonly shims?: true; readonly gate?: true } = {}) {
  const home = temporaryFolder('user');
  const env = { HOME: home, PATH: `${launcherDir(manager)}:/usr/bin:/bin` };
  const places = placesOf(env);
  if (wiring.shims || wiring.gate) copyGuard(places.guard);
  if (wiring.gate) writeFileSync(path.join(home, '.npmrc'), `script-shell=${places.scriptShell}\n`);
  if (!wiring.shims) return { env, home, places };
  mkdirSync(places.shims, { recursive: true });
  for (const name of ['npm', 'npx']) writeShim(path.join(places.shims, name), name, places.guard);
  return { env: { ...env, PATH: `${places.shims}:${env.PATH}` }, home, places };
}

/** The built package, as the user's install has it. */
export function copyGuard(to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of ['package.json', 'dist', 'data', 'hooks'])
    cpSync(name, path.join(to, name), { recursive: true });
}

/** Leads to the guard, as the shims of `init --global` do. */
export function writeShim(file: string, name: string, guard: string): void {
  writeFileSync(file, `#!/bin/sh\n# ${SHIM_MARK}\nexec node '${guard}/dist/cli.js' ${name} "$@"\n`);
  chmodSync(file, 0o755);
}

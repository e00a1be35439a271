import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A stub that pnpm loads with the same bytes, and that judges nothing: for what lies there before the guard comes. */
const INERT = 'module.exports = () => ({ hooks: { readPackage: (manifest) => manifest } });\n';
const PARTS = ['dist', 'data', 'hooks', 'package.json'];
let home: string | null = null;

/** A user's install of the built guard (`PHANTOM_GUARD_HOME`), made once; it goes with this process. */
export function guardHome(): string {
  if (home !== null) return home;
  const made = mkdtempSync(path.join(tmpdir(), 'phantom-guard-home-'));
  const place = path.join(made, 'node_modules/phantom-guard-install');
  for (const part of PARTS) cpSync(part, path.join(place, part), { recursive: true });
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  home = made;
  return made;
}

/** Writes the files by which pnpm calls the guard in a project; `inert`: by which it calls nobody. */
export function wirePnpmfile(dir: string, { inert = false }: { readonly inert?: boolean } = {}): void {
  const folder = path.join(dir, '.phantom-guard');
  mkdirSync(folder, { recursive: true });
  copyFileSync('hooks/pnpmfile-stub.cjs', path.join(dir, '.pnpmfile.cjs'));
  copyFileSync('hooks/preinstall.cjs', path.join(folder, 'preinstall.cjs'));
  if (inert) writeFileSync(path.join(folder, 'pnpmfile.cjs'), INERT);
  else copyFileSync('hooks/pnpmfile.cjs', path.join(folder, 'pnpmfile.cjs'));
}

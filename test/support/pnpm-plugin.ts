import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { integrityOf, type PackageDefinition, packVersion } from './tarball-packages.js';

export const PLUGIN_NAME = 'pnpm-plugin-phantom-guard';
/** The oldest pnpm of the toolchain that loads it. */
export const PLUGIN_RANGE = '>=10.13';
const INERT_VERSION = '0.0.1';
const INERT = 'module.exports = () => ({ hooks: { readPackage: (manifest) => manifest } });\n';
const { version: VERSION } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };

let packed: Buffer | null = null;

/** The tarball that `npm run pack:pnpm-plugin` makes of the built repository, made once. */
export function packPlugin(): Buffer {
  if (packed !== null) return packed;
  const folder = mkdtempSync(path.join(tmpdir(), 'phantom-guard-plugin-'));
  try {
    execFileSync(process.execPath, ['scripts/pack-pnpm-plugin.mjs', '--to', folder], { stdio: 'pipe' });
    packed = readFileSync(path.join(folder, `${PLUGIN_NAME}-${VERSION}.tgz`));
    return packed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The plugin as an old package of many releases, the newest of which are one that judges nothing and the packed one. */
export function pluginPackage(): PackageDefinition {
  const older = Array.from({ length: 24 }, (_, patch) => [`0.0.${patch + 2}`, {}]);
  // The same entry, so that lockfiles hold the same checksum.
  const [entry, hooks] = ['pnpmfile.cjs', 'plugin.cjs'].map((name) => readFileSync(`plugin/${name}`, 'utf8'));
  const files = { 'pnpmfile.cjs': entry ?? '', 'plugin.cjs': hooks ?? '', 'hooks/pnpmfile.cjs': INERT };
  const versions = {
    [INERT_VERSION]: { files },
    ...Object.fromEntries(older),
    [VERSION]: { tarball: packPlugin() },
  };
  return { name: PLUGIN_NAME, ageDays: 6 * 365, versions };
}

/** `VERSION+INTEGRITY`, as pnpm-workspace.yaml has it. */
export function pluginPin(): string {
  return `${VERSION}+${integrityOf(packPlugin())}`;
}

/** The same of a plugin that judges nothing. */
export function inertPin(): string {
  const inert = pluginPackage().versions[INERT_VERSION] ?? {};
  return `${INERT_VERSION}+${integrityOf(packVersion(PLUGIN_NAME, INERT_VERSION, inert))}`;
}

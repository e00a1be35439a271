import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import semver from 'semver';
import type { PnpmManager } from '../support/pnpm-managers.js';
import { inertPin, PLUGIN_NAME, PLUGIN_RANGE, pluginPackage, pluginPin } from '../support/pnpm-plugin.js';

const SETTINGS = 'pnpm-workspace.yaml';
/** Where pnpm writes down which plugin it has. */
const RECORDS = [SETTINGS, 'pnpm-lock.yaml', 'node_modules/.pnpm/lock.yaml'];

/** The plugin as a guard of the matrix: of the same entry, first without and then with something that judges. */
export const CONFIG_DEPENDENCY = {
  isOffered: ({ version }: PnpmManager) => semver.satisfies(version, PLUGIN_RANGE),
  packages: () => [pluginPackage()],
  prepare: (dir: string): void => {
    const file = path.join(dir, SETTINGS);
    const present = existsSync(file) ? readFileSync(file, 'utf8') : '';
    writeFileSync(file, `configDependencies:\n  ${PLUGIN_NAME}: ${inertPin()}\n${present}`);
  },
  wire: (dir: string): Readonly<Record<string, string>> => {
    const [from, to] = [inertPin(), pluginPin()].map((pin) => pin.split('+sha512-'));
    for (const file of RECORDS.map((name) => path.join(dir, name)).filter(existsSync)) {
      const text = readFileSync(file, 'utf8');
      const edited = text
        .replaceAll(`sha512-${from?.[1]}`, `sha512-${to?.[1]}`)
        .replaceAll(`${PLUGIN_NAME}@${from?.[0]}`, `${PLUGIN_NAME}@${to?.[0]}`)
        .replaceAll(`: ${from?.[0]}`, `: ${to?.[0]}`);
      writeFileSync(file, edited);
    }
    return {};
  },
};

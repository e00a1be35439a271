import semver from 'semver';
import type { Finding } from './finding.js';
import type { PnpmFacts } from './read-pnpm.js';

const FILE = 'pnpm-workspace.yaml';
const NAME = 'pnpm-plugin-phantom-guard';
const INIT_PLUGIN = 'phantom-guard-install init --config-dependency';
/** pnpm loads plugins by their name since then. */
const LOADED_SINCE = '10.13.0';

/** What makes the config dependency inert, or another than that of this version. */
export function findInPlugin({ plugin, version }: PnpmFacts): readonly Finding[] {
  if (plugin === null) return [];
  const findings: Finding[] = [];
  if (version !== null && semver.lt(version, LOADED_SINCE)) {
    const message = `pnpm ${version} does not load ${NAME}: the guard is not asked`;
    const fix = `update pnpm to ${LOADED_SINCE} or later, or phantom-guard-install init`;
    findings.push({ code: 'PNPM_PLUGIN_NOT_LOADED', message, fix, file: FILE });
  }
  if (plugin.version !== null && plugin.version !== plugin.ownVersion) {
    const message = `${NAME} is pinned to ${plugin.version}, and this is version ${plugin.ownVersion}`;
    findings.push({ code: 'PNPM_PLUGIN_STALE', message, fix: INIT_PLUGIN, file: FILE });
  }
  if (plugin.installed === 'modified') {
    const file = `node_modules/.pnpm-config/${NAME}`;
    const message = `what lies there is not ${NAME} as it was published`;
    findings.push({
      code: 'PNPM_PLUGIN_MODIFIED',
      message,
      fix: `remove ${file}, then pnpm install`,
      file,
    });
  }
  return findings;
}

/** Whether pnpm calls the plugin; of an unknown version nothing is claimed. */
export function isPluginCalled({ plugin, version, detours, problem }: PnpmFacts): boolean {
  if (plugin === null || plugin.installed === 'modified' || problem !== null) return false;
  return (
    version !== null && semver.gte(version, LOADED_SINCE) && detours.every(({ kind }) => kind !== 'ignored')
  );
}

import { join } from 'node:path';
import { unreadableManifest } from './manifest.js';
import { parseYaml } from './pnpm/parse-yaml.js';
import { type PnpmWorkspace, parsePnpmWorkspace } from './pnpm/pnpm-workspace.js';
import { readTextIfPresent } from './read-text.js';

const LINKS_RANGES = /^link-workspace-packages=(?:true|deep)\r?$/m;
const FILE = 'pnpm-workspace.yaml';

/** Reads the pnpm-workspace.yaml of a directory; an absent one says nothing. @throws GuardError MANIFEST_UNREADABLE */
export async function readPnpmWorkspace(directory: string): Promise<PnpmWorkspace> {
  const fail = unreadableManifest(FILE);
  const input = await readTextIfPresent(join(directory, FILE));
  const documents = input === null ? [] : await parseYaml(input, fail);
  const workspace = parsePnpmWorkspace(documents[0], fail);
  if (workspace.linksRanges) return workspace;
  const npmrc = await readTextIfPresent(join(directory, '.npmrc'));
  return { ...workspace, linksRanges: LINKS_RANGES.test(npmrc?.text ?? '') };
}

import path from 'node:path';
import { type ConfigFile, MANIFEST_FILE, PROJECT_FILE } from './config-file.js';
import { chooseConfig, manifestConfig } from './find-config.js';
import { decodeConfig } from './read-config-text.js';

/** What a project had at a git ref: the bytes of its configuration files by their names, as far as they were there. */
export type EarlierProject = { readonly ref: string; readonly files: ReadonlyMap<string, Buffer> };

/**
 * The project's configuration as it was; `null` without one. Paths in it are those of the project's folder.
 *
 * @throws GuardError CONFIG_UNREADABLE, CONFIG_INVALID
 */
export function findEarlierConfig(projectDir: string, { ref, files }: EarlierProject): ConfigFile | null {
  const [own, manifest] = [textOf(files, PROJECT_FILE, ref), textOf(files, MANIFEST_FILE, ref)];
  const file = path.join(projectDir, PROJECT_FILE);
  const label = `${PROJECT_FILE} at ${ref}`;
  const config = own && ({ ...own, path: file, label, source: 'project', keyPath: [] } as const);
  const inManifest = manifest && manifestConfig(path.join(projectDir, MANIFEST_FILE), manifest);
  return chooseConfig(config, inManifest && { ...inManifest, label: `${MANIFEST_FILE} at ${ref}` });
}

function textOf(files: EarlierProject['files'], name: string, ref: string) {
  const bytes = files.get(name);
  return bytes === undefined ? null : decodeConfig(`${name} at ${ref}`, bytes);
}

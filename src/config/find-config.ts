import path from 'node:path';
import { GuardError } from '../errors.js';
import { type ConfigFile, MANIFEST_FILE, MANIFEST_KEY, PROJECT_FILE } from './config-file.js';
import { type ConfigText, MAX_CONFIG_BYTES, missing, readConfigText } from './read-config-text.js';
import { type UserPlace, userConfigPath } from './user-config-path.js';

/** As for the readers of the project's tree. */
const MAX_MANIFEST_BYTES = 128 * 1024 * 1024;

/** The file that `--config` names. @throws GuardError CONFIG_UNREADABLE */
export async function readNamedConfig(file: string): Promise<ConfigFile> {
  const read = await readConfigText(file);
  if (read === null) throw missing(file);
  return { ...read, path: file, label: file, source: 'project', keyPath: [] };
}

/** The user's configuration, or `null`. @throws GuardError CONFIG_UNREADABLE */
export async function findUserConfig(place: UserPlace): Promise<ConfigFile | null> {
  const file = userConfigPath(place);
  const read = await readConfigText(file);
  return read && { ...read, path: file, label: file, source: 'user', keyPath: [] };
}

/**
 * The project's configuration: its own file, or a key of package.json; `null` without either.
 *
 * @throws GuardError CONFIG_UNREADABLE; CONFIG_INVALID when there are both: one of them would silently not count
 */
export async function findProjectConfig(projectDir: string): Promise<ConfigFile | null> {
  const [own, manifest] = await Promise.all([
    readOwnFile(path.join(projectDir, PROJECT_FILE)),
    readManifest(path.join(projectDir, MANIFEST_FILE)),
  ]);
  return chooseConfig(own, manifest);
}

/** The one of the two that there is. @throws GuardError CONFIG_INVALID when there are both */
export function chooseConfig(own: ConfigFile | null, manifest: ConfigFile | null): ConfigFile | null {
  if (own !== null && manifest !== null) {
    throw new GuardError(
      'CONFIG_INVALID',
      `the project has two configurations: ${PROJECT_FILE} and the key "${MANIFEST_KEY}" in ${MANIFEST_FILE}`,
      `Move everything into ${PROJECT_FILE} and remove the key from ${MANIFEST_FILE}.`,
    );
  }
  return own ?? manifest;
}

async function readOwnFile(file: string): Promise<ConfigFile | null> {
  const read = await readConfigText(file);
  return read && { ...read, path: file, label: PROJECT_FILE, source: 'project', keyPath: [] };
}

/** A package.json that is no JSON has no configuration here; the readers of the project's tree report it. */
async function readManifest(file: string): Promise<ConfigFile | null> {
  const read = await readConfigText(file, MAX_MANIFEST_BYTES).catch(() => null);
  return read === null ? null : manifestConfig(file, read);
}

/** The configuration in the text of a package.json, or `null`. @throws GuardError CONFIG_UNREADABLE */
export function manifestConfig(file: string, read: ConfigText): ConfigFile | null {
  if (!hasConfigKey(read.text)) return null;
  if (read.text.length > MAX_CONFIG_BYTES) {
    throw new GuardError(
      'CONFIG_UNREADABLE',
      `${file} has ${read.text.length} characters, too many to hold a configuration`,
      `Move the value of "${MANIFEST_KEY}" into ${PROJECT_FILE}.`,
    );
  }
  return { ...read, path: file, label: MANIFEST_FILE, source: 'project', keyPath: [MANIFEST_KEY] };
}

function hasConfigKey(text: string): boolean {
  try {
    const manifest: unknown = JSON.parse(text);
    return typeof manifest === 'object' && manifest !== null && Object.hasOwn(manifest, MANIFEST_KEY);
  } catch {
    return false;
  }
}

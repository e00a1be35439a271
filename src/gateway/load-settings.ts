import { mergeLevels } from '../config/merge-levels.js';
import { parseConfig } from '../config/parse-config.js';
import { missing, readConfigText } from '../config/read-config-text.js';
import type { Settings } from '../config/settings.js';

/**
 * The configuration of the organisation: what a user's own is to one machine. `null` = the defaults.
 *
 * @throws GuardError CONFIG_UNREADABLE, CONFIG_INVALID
 */
export async function loadSettings(file: string | null): Promise<Settings> {
  if (file === null) return mergeLevels(null, null);
  const read = await readConfigText(file);
  if (read === null) throw missing(file);
  return mergeLevels(parseConfig({ ...read, path: file, label: file, source: 'user', keyPath: [] }), null);
}

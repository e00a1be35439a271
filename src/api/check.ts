import path from 'node:path';
import { reportOn } from '../cli/report-on.js';
import type { Report } from '../model/report.js';
import { type CheckSettings, optionsFrom } from './settings.js';
import { silentIo } from './silent-io.js';

/**
 * Judges a project directory, a lockfile or a package.json: what `phantom-guard-install check` does. Reads npm's and pnpm's
 * configuration and its own as found there, asks the registries that are responsible, and writes nothing but the cache.
 *
 * @param target a path; relative to `settings.cwd`
 * @returns the document of `--format json`; its `status` says what came of it
 * @throws {@link GuardError} where nothing could be judged: `INPUT_NOT_FOUND`, `LOCKFILE_UNREADABLE`, `CONFIG_INVALID`, …
 */
export async function check(target: string, settings: CheckSettings = {}): Promise<Report> {
  const io = silentIo(settings);
  return await reportOn(path.resolve(io.cwd, target), optionsFrom(settings), io);
}

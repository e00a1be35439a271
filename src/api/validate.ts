import { reportOnSpecs } from '../cli/run-validate.js';
import type { Report } from '../model/report.js';
import { optionsFrom, type Settings } from './settings.js';
import { silentIo } from './silent-io.js';

/**
 * Judges names before anybody installs them: what `phantom-guard-install validate` does.
 *
 * @param specs as npm takes them: `left-pad`, `@scope/x@^2`, `y@npm:z@1`
 * @returns the document of `--format json`, with safe packages too
 * @throws {@link GuardError} `SPEC_INVALID` for what npm could not install, `CONFIG_INVALID`, …
 */
export async function validate(specs: readonly string[], settings: Settings = {}): Promise<Report> {
  return await reportOnSpecs(specs, { ...optionsFrom(settings), all: true }, silentIo(settings));
}

import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { GuardError } from '../errors.js';

/**
 * The folder of this very package: sources and bundle lie at different depths below it.
 *
 * @throws GuardError INTERNAL
 */
export function ownFolder(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'hooks', 'preinstall.cjs'))) {
    const above = path.dirname(folder);
    if (above === folder)
      throw new GuardError(
        'INTERNAL',
        'the hooks of this package are missing',
        'Install phantom-guard-install again.',
      );
    folder = above;
  }
  return folder;
}

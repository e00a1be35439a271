import { guardedFile } from '../../shell/guarded-file.js';
import { isManifest } from '../../shell/is-manifest.js';

/** Whether an edit of a file has to be looked at: most files are nothing to the guard. */
export function isOfInterest(file: string): boolean {
  return isManifest(file) || guardedFile(file) !== null;
}

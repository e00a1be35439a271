import { isSeal, sealOf } from './seal.js';

/** The folders in the store that hold one sealed file for each request. */
export const KEPT_FOLDERS = /^(?:verdicts|registries)-v\d+$/;

/** Largest kept file that is read, in bytes: reports of large trees with `--all` have some megabytes. */
export const MAX_KEPT_BYTES = 64 * 1024 * 1024;

/** A line with the seal, and the text. The seal binds it to its file: under another name it is worth nothing. */
export function sealKept(key: Buffer, folder: string, file: string, text: string): string {
  return `${sealOf(key, purposeOf(folder, file), text)}\n${text}`;
}

/** The text of what {@link sealKept} made with this key for this file; `null` for anything else. */
export function openKept(key: Buffer, folder: string, file: string, sealed: string): string | null {
  const end = sealed.indexOf('\n');
  const text = sealed.slice(end + 1);
  return end > 0 && isSeal(sealed.slice(0, end), key, purposeOf(folder, file), text) ? text : null;
}

function purposeOf(folder: string, file: string): string {
  return `kept ${folder}/${file}`;
}

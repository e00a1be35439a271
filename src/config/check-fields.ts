import ssri from 'ssri';
import { quote } from './key-path.js';

/** Why `text` can't be the last day of an exception, or `null`. */
export function dateFault(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return `${quote(text)} is no date`;
  const date = new Date(`${text}T00:00:00Z`);
  const isReal = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
  return isReal ? null : `${quote(text)} is on no calendar`;
}

/** Why `text` can't be the integrity that bytes must have, or `null`. */
export function integrityFault(text: string): string | null {
  const hashes = text.split(/\s+/).filter((hash) => hash !== '');
  return hashes.length > 0 && hashes.every(isHash) ? null : `${quote(text)} is no subresource integrity`;
}

/** ssri counts SHA-1 as weak and leaves it out of its strict form; old lockfiles have nothing else. */
function isHash(hash: string): boolean {
  return ssri.parse(hash, { strict: true }) !== null || /^sha1-[A-Za-z\d+/]{27}=$/.test(hash);
}

/** Why `text` says nothing, or `null`. */
export function emptinessFault(text: string): string | null {
  return text.trim() === '' ? 'empty' : null;
}

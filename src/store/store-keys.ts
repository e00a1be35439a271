import { createHmac, hkdfSync } from 'node:crypto';
import { type FactSpace, FORMAT_VERSION, recordKey } from '../cache/fact-space.js';
import type { PackageName } from '../model/package-name.js';

/** Made from the organisation's key, each for one use. 32 bytes each. */
export type StoreKeys = { readonly names: Buffer; readonly values: Buffer };

const KEY_BYTES = 32;

export function deriveStoreKeys(secret: Buffer): StoreKeys {
  const derive = (use: string): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, '', `phantom-guard shared store: ${use}`, KEY_BYTES));
  return { names: derive('names'), values: derive('values') };
}

/** Key of the facts of one name in a shared store. Who reads the store learns neither name nor registry from it. */
export function entryKey({ names }: StoreKeys, space: FactSpace, name: PackageName): string {
  const digest = createHmac('sha256', names).update(recordKey(space, name)).digest('base64url');
  return `phantom-guard:${FORMAT_VERSION}:${digest}`;
}

/** Key under which a process says that it is asking for that entry. */
export function claimKey(entry: string): string {
  return `${entry}:asking`;
}

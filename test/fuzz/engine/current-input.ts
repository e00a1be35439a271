import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';

const COUNT = 0;
const LENGTH = 4;
const HEADER = 8;

/**
 * The input that is being read, in a file: who watches from outside sees that the count stands still, and has the input of a
 * process that died. Layout: count and length, 32 bits each, little-endian; the bytes.
 */
export class CurrentInput {
  readonly #file: number;
  #count = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'w', 0o600);
  }

  write(input: Buffer): void {
    const record = Buffer.allocUnsafe(HEADER + input.length);
    record.writeUInt32LE(this.#count++ >>> 0, COUNT);
    record.writeUInt32LE(input.length, LENGTH);
    input.copy(record, HEADER);
    writeSync(this.#file, record, 0, record.length, 0);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** `null` where nothing has been written. */
export function readCurrentInput(path: string): { readonly count: number; readonly input: Buffer } | null {
  if (!existsSync(path)) return null;
  const record = readFileSync(path);
  if (record.length < HEADER) return null;
  const end = HEADER + record.readUInt32LE(LENGTH);
  return { count: record.readUInt32LE(COUNT), input: record.subarray(HEADER, end) };
}

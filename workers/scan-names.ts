import { workerData } from 'piscina';
import { loadNameData } from '../src/names/load-name-data.js';
import type { NameData } from '../src/names/name-data.js';
import { scanBatch } from '../src/names/scan.js';

let data: NameData | null = null;

/**
 * Piscina task: judges a batch of names and returns its NDJSON. The directory of the data comes as
 * `workerData`.
 */
export default function scanNamesTask(lines: readonly string[]): string {
  data ??= loadNameData(typeof workerData === 'string' ? workerData : undefined);
  return scanBatch(lines, data);
}

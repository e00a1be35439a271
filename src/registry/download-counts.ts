import type { DownloadFacts, EpochMs, FactAnswer, Unavailable } from '../model/facts.js';
import type { PackageName } from '../model/package-name.js';
import { type Failure, unavailable } from './failure.js';
import type { JsonAnswer } from './fetch-once.js';
import { asRecord, type JsonRecord, own } from './json-record.js';

/** What one request said about its names. */
export type DownloadsResult =
  | { readonly kind: 'failed'; readonly answer: Unavailable }
  | { readonly kind: 'answered'; readonly answerFor: (name: PackageName) => FactAnswer<DownloadFacts> };

/**
 * Reads an answer to a request for `nameCount` names: one name gives its count, several give a table in which `null`
 * stands for a name that is not counted.
 */
export function interpretDownloads(
  result: JsonAnswer | Failure,
  nameCount: number,
  host: string,
  nowMs: EpochMs,
): DownloadsResult {
  const unreadable = unavailable('unreadable', `${host} answered with something other than download counts`);
  if (result.kind === 'failed') return { kind: 'failed', answer: unavailable(result.reason, result.detail) };
  if (result.kind === 'missing' && nameCount === 1)
    return { kind: 'answered', answerFor: () => absent(nowMs) };
  const table = result.kind === 'document' ? asRecord(result.body) : null;
  if (table === null) return { kind: 'failed', answer: unreadable };
  return {
    kind: 'answered',
    answerFor: (name) =>
      readCount(nameCount === 1 ? singleEntry(table, name) : own(table, name), unreadable, nowMs),
  };
}

/** A service may answer for one name with a table as well; an entry that names another package is none. */
function singleEntry(body: JsonRecord, name: PackageName): unknown {
  const named = own(body, 'package');
  if (typeof own(body, 'downloads') !== 'number') return own(body, name);
  return named === undefined || named === name ? body : undefined;
}

function readCount(entry: unknown, unreadable: Unavailable, nowMs: EpochMs): FactAnswer<DownloadFacts> {
  if (entry === null) return absent(nowMs);
  const weeklyDownloads = own(asRecord(entry), 'downloads');
  if (typeof weeklyDownloads !== 'number' || !Number.isFinite(weeklyDownloads) || weeklyDownloads < 0)
    return unreadable;
  return { kind: 'found', facts: { weeklyDownloads }, fetchedAtMs: nowMs, etag: null, from: 'registry' };
}

function absent(nowMs: EpochMs): FactAnswer<DownloadFacts> {
  return { kind: 'absent', fetchedAtMs: nowMs, from: 'registry' };
}

import { parsePackageName } from '../model/package-name.js';
import { withoutSecrets } from '../model/secrets.js';
import { findImitations } from './find-imitations.js';
import type { NameFinding } from './finding.js';
import { type LineChunk, readLineBatches } from './line-batches.js';
import type { NameData } from './name-data.js';
import { suggest } from './suggest.js';

/**
 * Judges a batch of lines: one line of NDJSON each, in order, every one ended by `\n`. Runs here or in a
 * worker.
 */
export type JudgeBatch = (lines: readonly string[]) => string | Promise<string>;

/** Findings shown per name; short names resemble dozens. */
const MOST_FINDINGS = 5;
/** Characters shown of a line that is no name. */
const SHOWN_JUNK = 100;

/**
 * Streams names, one a line, to NDJSON, one record a line in the order of the input; empty lines are skipped,
 * lines that are no names yield `"valid": false`. Pull-driven: at most `inFlight` batches are under way, and
 * nothing is read while nobody takes the output.
 */
export async function* scanNames(
  input: AsyncIterable<LineChunk>,
  judge: JudgeBatch,
  inFlight = 1,
): AsyncGenerator<string> {
  const pending: Promise<string>[] = [];
  for await (const batch of readLineBatches(input)) {
    const judged = Promise.resolve(judge(batch));
    judged.catch(() => undefined);
    pending.push(judged);
    if (pending.length >= inFlight) yield (await pending.shift()) ?? '';
  }
  for (const judged of pending) yield await judged;
}

/** Judges a batch in this thread. */
export function scanBatch(lines: readonly string[], data: NameData): string {
  let text = '';
  for (const line of lines) text += `${scanRecord(line, data)}\n`;
  return text;
}

/** The JSON of one name: what is known of it, what it may imitate and what was probably meant. */
export function scanRecord(line: string, data: NameData): string {
  const valid = parsePackageName(line) !== null;
  const name = valid ? line : withoutSecrets(line).slice(0, SHOWN_JUNK);
  const popularity = data.popularityOf(line);
  const findings = findImitations(line, data, popularity);
  const suggestions = findings.length === 0 ? [] : suggest(line, findings, data);
  const inSnapshot = popularity !== null || data.existedAtSnapshot(line);
  return JSON.stringify({
    name,
    valid,
    popularity,
    inSnapshot,
    findings: findings.slice(0, MOST_FINDINGS).map(rounded),
    suggestions,
  });
}

function rounded(finding: NameFinding): NameFinding {
  return { ...finding, strength: Math.round(finding.strength * 1000) / 1000 };
}

import {
  type CacheStats,
  type CacheVerification,
  clearCache,
  readCacheStats,
  verifyCache,
} from '../cache/maintain.js';
import { cacheDirOf } from '../compose.js';
import { GuardError } from '../errors.js';
import { sanitize } from '../report/sanitize.js';
import { cacheKeyOf } from './cache-key.js';
import type { Io } from './io.js';
import type { CommandResult } from './main.js';
import type { CheckOptions } from './options.js';
import { TOOL } from './tool.js';

/** `cache stats|path|verify|clear`. `verify` ends with 1 when something was corrupt. */
export async function runCache(
  operands: readonly string[],
  options: CheckOptions,
  io: Io,
): Promise<CommandResult> {
  const [action, ...rest] = operands;
  const dir = cacheDirOf(options, io);
  if (rest.length > 0) throw wrongUsage();
  switch (action) {
    case 'path':
      return result({ dir }, `${dir}\n`, options);
    case 'stats': {
      const stats = readCacheStats(dir);
      return result(stats, renderStats(stats), options);
    }
    case 'verify': {
      const verification = await verifyCache(dir, io.nowMs(), cacheKeyOf(io));
      return {
        ...result(verification, renderVerification(verification), options),
        status: verification.corrupt.length > 0 ? 1 : 0,
      };
    }
    case 'clear': {
      const cleared = await clearCache(dir);
      return result(
        cleared,
        cleared.removed ? `removed the cache in ${dir}\n` : `there is no cache in ${dir}\n`,
        options,
      );
    }
    default:
      throw wrongUsage();
  }
}

function result(data: object, text: string, { format }: CheckOptions): CommandResult {
  const document = { schemaVersion: 1, tool: TOOL, cache: data };
  return { text: format === 'json' ? `${JSON.stringify(document, null, 2)}\n` : text, status: 0 };
}

function renderStats({ dir, spaces, files, bytes }: CacheStats): string {
  const rows = spaces.map(
    ({ kind, serviceId, entries, aggregated, oldestFetchAtMs, newestFetchAtMs }) =>
      `  ${kind.padEnd(10)} ${serviceId}  ${entries} names, ${aggregated} in the aggregated record, fetched ${day(oldestFetchAtMs)} to ${day(newestFetchAtMs)}`,
  );
  return [`${dir}: ${files} files, ${bytes} bytes`, ...rows, ''].join('\n');
}

function renderVerification({ dir, checked, corrupt, expired, leftovers }: CacheVerification): string {
  const rows = corrupt.map(
    ({ key, file, problem, removed }) =>
      `  ${problem}: ${sanitize(key ?? file)}${removed ? ' (removed)' : ' (could not be removed)'}`,
  );
  const counts = `${checked} entries checked, ${corrupt.length} corrupt, ${expired} expired, ${leftovers} leftover files removed`;
  return [`${dir}: ${counts}`, ...rows, ''].join('\n');
}

function day(ms: number | null): string {
  return ms === null ? 'never' : new Date(ms).toISOString().slice(0, 10);
}

function wrongUsage(): GuardError {
  return new GuardError(
    'USAGE',
    'cache takes one of stats, path, verify, clear',
    'phantom-guard-install cache stats',
  );
}

export { resolveCacheDir } from './cache-dir.js';
export { type CacheStats, readCacheStats, type SpaceStats } from './cache-stats.js';
export type { CorruptionKind } from './check-entry.js';
export { type CacheClearing, clearCache } from './clear-cache.js';
export { type CacheVerification, type CorruptEntry, verifyCache } from './verify-cache.js';

/**
 * The guard as a library. What is exported here keeps its shape within a major version: fields may be added to reports, signals
 * may be added and weigh differently (docs/api.md).
 *
 * @module
 */
export { check } from './api/check.js';
export type { CheckSettings, Settings } from './api/settings.js';
export { validate } from './api/validate.js';
export { GuardError, type GuardErrorCode } from './errors.js';
export { readTree } from './lockfile/read-tree.js';
export type { PackageName } from './model/package-name.js';
export type {
  AppliedException,
  Mentioned,
  Report,
  ReportedError,
  ReportedPackage,
  ReportedSince,
  Stats,
  Status,
  Suggestion,
  Summary,
} from './model/report.js';
export type {
  Importer,
  ResolvedTree,
  SourceKind,
  TreeEntry,
  TreeFormat,
  Unchecked,
} from './model/resolved-tree.js';
export type { Evidence, Signal, SignalCode } from './model/signal.js';
export type { Action, DecidedBy, Risk } from './model/verdict.js';
export { exitStatus } from './report/build-report.js';

export { GuardError, type GuardErrorCode } from './errors.js';
export { readTree } from './lockfile/read-tree.js';
export type {
  Absent,
  DownloadFacts,
  EpochMs,
  FactAnswer,
  FactQuery,
  FactSource,
  Found,
  LookupContext,
  PackageFacts,
  RegistryRef,
  Unavailable,
  UnavailableReason,
} from './model/facts.js';
export { type PackageName, parsePackageName } from './model/package-name.js';
export type { Report, ReportedPackage, Status } from './model/report.js';
export type {
  Importer,
  ResolvedTree,
  SourceKind,
  TreeEntry,
  TreeFormat,
  Unchecked,
} from './model/resolved-tree.js';
export type { Evidence, Signal, SignalCode } from './model/signal.js';
export type { Action, DecidedBy, Knowledge, Risk, Subject, Verdict } from './model/verdict.js';
export { type Judgement, judgeTree, type Ports, type RunContext } from './pipeline.js';
export { DEFAULT_POLICY, type Policy } from './policy/policy.js';
export { buildReport } from './report/build-report.js';
export { parseSpecs } from './specs/parse-specs.js';

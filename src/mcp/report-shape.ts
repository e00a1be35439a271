import * as z from 'zod';
import { GUARD_ERROR_CODES } from '../errors.js';
import type { Report } from '../model/report.js';
import { SIGNAL_CODES } from '../model/signal.js';
import type { Established } from '../names/find-established.js';
import type { ToolInfo } from '../report/build-report.js';

/**
 * The results of the tools. Objects are loose: within a schema version fields may be added. Where the model has something that
 * is missing here, it is let through; where this has something that the model lacks, it does not compile.
 */

const tool = z.looseObject({ name: z.string(), version: z.string(), dataDate: z.string().nullable() });

const error = z
  .looseObject({ code: z.enum(GUARD_ERROR_CODES), message: z.string(), hint: z.string() })
  .nullable()
  .describe('Why there is no verdict for every package; null where there is.');

const count = z.number().min(0);
const risk = z.enum(['safe', 'suspicious', 'high-risk', 'not-found', 'unknown']);
const action = z.enum(['allow', 'warn', 'block']).describe('block: do not install or import it.');
const decidedBy = z.enum(['corpus', 'cache', 'registry', 'policy', 'feed', 'lockfile']);

const signal = z.looseObject({
  code: z.enum(SIGNAL_CODES),
  weight: z.number(),
  evidence: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

const exception = z.looseObject({
  name: z.string(),
  version: z.string(),
  signals: z.array(z.string()),
  reason: z.string(),
  source: z.enum(['project', 'user']),
});

const reportedPackage = z.looseObject({
  name: z.string(),
  version: z.string().nullable(),
  alias: z.string().nullable(),
  source: z.enum(['registry', 'git', 'remote', 'file', 'link', 'workspace', 'bundled']),
  risk,
  score: z.number().min(0).max(1),
  action,
  direct: z.boolean(),
  requestedBy: z.array(z.array(z.string())),
  signals: z.array(signal),
  suggestions: z
    .array(z.looseObject({ name: z.string(), why: z.string() }))
    .describe('Established names that were probably meant, likeliest first. Use these instead.'),
  locations: z.array(z.looseObject({ file: z.string(), line: z.number(), column: z.number() })),
  decidedBy,
});

const report = {
  schemaVersion: z.literal(1),
  tool,
  status: z.enum(['allowed', 'blocked', 'undecided']),
  error,
  since: z.looseObject({ ref: z.string(), commit: z.string(), unchanged: count }).nullable(),
  summary: z.looseObject({
    packages: count,
    safe: count,
    suspicious: count,
    highRisk: count,
    notFound: count,
    unknown: count,
    blocked: count,
  }),
  packages: z.array(reportedPackage),
  exceptions: z.array(exception),
  notices: z.array(z.string()),
  unchecked: z.array(z.looseObject({ id: z.string(), reason: z.string() })),
  stats: z.looseObject({
    corpus: count,
    cacheHits: count,
    registryRequests: count,
    integrityCompared: count,
    elapsedMs: z.number().min(0),
  }),
};

/** The document of `--format json`. */
export const reportShape = z.looseObject(report);
reportShape satisfies z.ZodType<Report, Report>;

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const explanation = z.looseObject({
  name: z.string(),
  version: z.string().nullable(),
  sources: z.array(
    z.looseObject({
      what: z.string(),
      state: z.enum(['found', 'absent', 'unavailable', 'not asked']),
      facts: z.array(z.looseObject({ fact: z.string(), value })),
    }),
  ),
  signals: z.array(signal),
  score: z.number().min(0).max(1),
  risk,
  action,
  decidedBy,
  answer: z.looseObject({
    conclusion: z.string(),
    because: z.array(z.string()),
    despite: z.array(z.string()),
    unknown: z.array(z.string()),
    advice: z.array(z.string()),
  }),
});

/** The document of `explain --format json`; no explanation where nothing could be judged. */
export const explanationShape = z.looseObject({ ...report, explanations: z.array(explanation) });

/** What find_established_package answers. */
export const establishedShape = z.looseObject({
  schemaVersion: z.literal(1),
  tool,
  error,
  asked: z.looseObject({ name: z.string().nullable(), purpose: z.string().nullable() }),
  nameIsEstablished: z.boolean().nullable(),
  established: z
    .array(
      z.looseObject({
        name: z.string(),
        kind: z.enum(['package', 'builtin']),
        why: z.string(),
        monthlyDownloads: z.number().nullable(),
      }),
    )
    .describe('Likeliest first; empty where none is known.'),
});

export type EstablishedDocument = Established & {
  readonly schemaVersion: 1;
  readonly tool: ToolInfo;
  readonly error: Report['error'];
};

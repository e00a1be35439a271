import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { GUARD_ERROR_CODES } from '../src/errors.js';
import { SIGNAL_CODES } from '../src/model/signal.js';
import { SIGNAL_PAGES } from '../src/report/pages.js';

export const REPORT_SCHEMA_URL = 'https://unpkg.com/phantom-guard-install/schemas/report.schema.json';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Codes are open: a later version may have more of them. */
function code(examples: readonly string[], description: string) {
  return v.pipe(
    v.string(),
    v.regex(/^[A-Z][A-Z0-9_]*$/),
    v.metadata({ examples: [...examples] }),
    v.description(description),
  );
}

const signal = v.object({
  code: code(SIGNAL_CODES, `What was found; ${SIGNAL_PAGES} has a page for each.`),
  weight: v.pipe(
    v.number(),
    v.description(
      'In log-odds: positive raises the risk, negative lowers it; 0 where an exception covers it.',
    ),
  ),
  evidence: v.pipe(
    v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null()])),
    v.description('Plain facts, with units in their names.'),
  ),
});

const reportedPackage = v.object({
  name: v.pipe(v.string(), v.description('The real name, also of an alias.')),
  version: v.pipe(v.nullable(v.string()), v.description('null where none is resolved.')),
  alias: v.pipe(
    v.nullable(v.string()),
    v.description('The key in the tree where it differs from the name, else null.'),
  ),
  source: v.picklist(['registry', 'git', 'remote', 'file', 'link', 'workspace', 'bundled']),
  risk: v.pipe(
    v.picklist(['safe', 'suspicious', 'high-risk', 'not-found', 'unknown']),
    v.description(
      'not-found: nobody owns the name. unknown: the registry that is responsible gave no answer.',
    ),
  ),
  score: v.pipe(v.number(), v.minValue(0), v.maxValue(1), v.description('How suspicious it is.')),
  action: v.pipe(v.picklist(['allow', 'warn', 'block']), v.description('What the policy makes of the risk.')),
  direct: v.pipe(v.boolean(), v.description('The project, or one of its workspaces, asks for it itself.')),
  requestedBy: v.pipe(
    v.array(v.pipe(v.array(v.string()), v.minLength(1))),
    v.description('Paths from the root or a workspace to this package, the shortest first.'),
  ),
  signals: v.array(signal),
  suggestions: v.pipe(
    v.array(v.object({ name: v.string(), why: v.string() })),
    v.description('Established packages that may have been meant, the likeliest first.'),
  ),
  locations: v.pipe(
    v.array(
      v.object({
        file: v.pipe(v.string(), v.description('Relative to the repository, with slashes.')),
        line: v.pipe(v.number(), v.integer(), v.minValue(1)),
        column: v.pipe(v.number(), v.integer(), v.minValue(1)),
      }),
    ),
    v.description('Where documents and sources mention the name, with --docs; else empty.'),
  ),
  decidedBy: v.picklist(['corpus', 'cache', 'registry', 'policy', 'feed', 'lockfile']),
});

const report = v.object({
  schemaVersion: v.literal(1),
  tool: v.object({
    name: v.literal('phantom-guard-install'),
    version: v.string(),
    dataDate: v.pipe(
      v.nullable(v.pipe(v.string(), v.isoDate())),
      v.description('Of the bundled names; null where they are not used.'),
    ),
  }),
  status: v.pipe(
    v.picklist(['allowed', 'blocked', 'undecided']),
    v.description('The exit status is 0, 1 and 2 in this order.'),
  ),
  error: v.pipe(
    v.nullable(
      v.object({
        code: code(GUARD_ERROR_CODES, 'Stable; texts are not.'),
        message: v.string(),
        hint: v.pipe(v.string(), v.description('What the user can do.')),
      }),
    ),
    v.description('Why there is no verdict for every package; null where there is one.'),
  ),
  since: v.pipe(
    v.nullable(v.object({ ref: v.string(), commit: v.string(), unchanged: count })),
    v.description('What --since left out; null where everything was judged.'),
  ),
  summary: v.object({
    packages: count,
    safe: count,
    suspicious: count,
    highRisk: count,
    notFound: count,
    unknown: count,
    blocked: v.pipe(count, v.description('Blocked packages, without those that are unknown.')),
  }),
  packages: v.pipe(
    v.array(reportedPackage),
    v.description(
      'Sorted by name, then version, in code point order; without --all those that are not safe.',
    ),
  ),
  exceptions: v.pipe(
    v.array(
      v.object({
        name: v.string(),
        version: v.string(),
        signals: v.array(v.string()),
        reason: v.string(),
        source: v.picklist(['project', 'user']),
      }),
    ),
    v.description('Every reviewed exception that decided on a package.'),
  ),
  notices: v.pipe(
    v.array(v.string()),
    v.description(
      'What should be known about how this was decided: expired exceptions, stale feeds, what was let through.',
    ),
  ),
  unchecked: v.pipe(
    v.array(v.object({ id: v.string(), reason: v.string() })),
    v.description('What of the tree was not judged, and why; nothing is dropped silently.'),
  ),
  stats: v.object({
    corpus: v.pipe(count, v.description('Packages that the bundled names decided.')),
    cacheHits: v.pipe(count, v.description('Names whose facts came out of the cache.')),
    registryRequests: v.pipe(
      count,
      v.description('Requests to package registries, retries and redirects included.'),
    ),
    integrityCompared: v.pipe(
      count,
      v.description('Packages whose integrity was compared with what the registry publishes.'),
    ),
    elapsedMs: v.pipe(
      v.number(),
      v.minValue(0),
      v.description('Milliseconds, without the start of the process.'),
    ),
  }),
});

/** The published JSON schema of the report. Within schemaVersion 1 fields may be added, so that more of them is no fault. */
export function reportJsonSchema(): JsonSchema {
  const { $schema, ...rest } = toJsonSchema(report, { target: 'draft-07', errorMode: 'throw' });
  return {
    ...($schema === undefined ? {} : { $schema }),
    $id: REPORT_SCHEMA_URL,
    title: 'Report of phantom-guard-install',
    ...rest,
  };
}

/** The text of schemas/report.schema.json. */
export function reportJsonSchemaText(): string {
  return `${JSON.stringify(reportJsonSchema(), null, 2)}\n`;
}

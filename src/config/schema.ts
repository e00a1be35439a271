import * as v from 'valibot';
import { SIGNAL_CODES } from '../model/signal.js';
import { dateFault, emptinessFault, integrityFault } from './check-fields.js';
import { nameFault, scopeFault } from './check-name.js';
import { rangeFault } from './check-range.js';
import { feedFault, mirrorFault, storeFault } from './check-url.js';
import { typeName } from './type-name.js';

/** What a configuration file may hold; the published JSON schema is made from it (scripts/config-json-schema.ts). */

const ACTIONS = ['block', 'warn', 'allow'] as const;

/** A string without fault; `pattern` says in the JSON schema what it can say of that. */
function text(findFault: (value: string) => string | null, pattern: string, description: string) {
  return v.pipe(
    v.string(),
    v.rawCheck(({ dataset, addIssue }) => {
      const fault = dataset.typed ? findFault(dataset.value) : null;
      if (fault !== null) addIssue({ message: fault });
    }),
    v.metadata({ pattern }),
    v.description(description),
  );
}

/** An object with these keys and no others. Valibot alone would take an array for an object. */
function table<const E extends v.ObjectEntries>(entries: E) {
  return v.pipe(
    v.unknown(),
    v.check(
      (value) => typeName(value) === 'an object',
      ({ input }) => `expected an object, got ${typeName(input)}`,
    ),
    v.strictObject(entries),
  );
}

const signals = v.pipe(
  v.array(v.picklist(SIGNAL_CODES)),
  v.minLength(1, 'names no signal'),
  v.check((codes) => new Set(codes).size === codes.length, 'names a signal twice'),
  v.metadata({ uniqueItems: true }),
  v.description(
    'Codes of the signals that were looked at and no longer count. At least one; "*" is refused.',
  ),
);

const exceptionEntries = {
  name: text(nameFault, String.raw`^(@[^/@*?\[\]{}]+/)?[^/@*?\[\]{}]+$`, 'Name of the one package.'),
  version: text(
    rangeFault,
    String.raw`\S`,
    'Range of the versions that were looked at, as npm reads ranges. One that every version satisfies is refused.',
  ),
  signals,
  reason: text(emptinessFault, String.raw`\S`, 'Why the package is all right: what was looked at.'),
  author: v.exactOptional(text(emptinessFault, String.raw`\S`, 'Who looked at it.')),
  expires: v.exactOptional(
    text(
      dateFault,
      String.raw`^\d{4}-\d{2}-\d{2}$`,
      'Last day on which the exception holds, YYYY-MM-DD in UTC. Without it there is no end.',
    ),
  ),
  integrity: v.exactOptional(
    text(
      integrityFault,
      String.raw`^\s*sha(1|256|384|512)-`,
      'Subresource integrity of the tarball that was looked at; the exception holds for these bytes only.',
    ),
  ),
};

const place = text(
  feedFault,
  String.raw`\S`,
  'A file, relative to the folder of this configuration file, or an https URL (http on loopback only).',
);

const feedEntries = {
  source: place,
  kind: v.exactOptional(
    v.pipe(
      v.picklist(['malicious', 'hallucination']),
      v.description('What the feed lists; found out from its content when left out.'),
    ),
  ),
};

const unavailableEntries = {
  interactive: v.exactOptional(v.pipe(v.picklist(ACTIONS), v.description('At a terminal.'))),
  ci: v.exactOptional(v.pipe(v.picklist(ACTIONS), v.description('Where nobody can answer.'))),
};

const score = (description: string) =>
  v.pipe(
    v.number(),
    v.gtValue(0, 'a threshold is above 0'),
    v.maxValue(1, 'a threshold is at most 1'),
    v.description(description),
  );

const thresholdEntries = {
  safe: v.exactOptional(score('Score from which a package is suspicious. Default: 0.3.')),
  high: v.exactOptional(score('Score from which a package is high-risk, and blocked. Default: 0.6.')),
};

const thresholds = v.pipe(
  table(thresholdEntries),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { safe, high } = dataset.value;
    if (safe !== undefined && high !== undefined && safe > high) {
      addIssue({ message: `"safe" (${safe}) is above "high" (${high})` });
    }
  }),
  v.description(
    'Where suspicion and high risk begin: 0 < safe ≤ high ≤ 1. The lower one of user and project counts.',
  ),
);

const configEntries = {
  $schema: v.exactOptional(v.pipe(v.string(), v.description('URL of this schema, for editors.'))),
  failOn: v.exactOptional(
    v.pipe(
      v.picklist(['high-risk', 'suspicious']),
      v.description('The least risk that blocks; not-found always does. Default: high-risk.'),
    ),
  ),
  onUnavailable: v.exactOptional(
    v.pipe(
      v.union([v.picklist(ACTIONS), table(unavailableEntries)]),
      v.description(
        'What happens to a package whose registry cannot be asked: one action, or one for each context. Default: block.',
      ),
    ),
  ),
  thresholds: v.exactOptional(thresholds),
  trustedScopes: v.exactOptional(
    v.pipe(
      v.array(text(scopeFault, String.raw`^@[^/@*?\[\]{}]+$`, 'A scope with its @.')),
      v.description('Scopes whose packages the organisation publishes itself.'),
    ),
  ),
  mirrors: v.exactOptional(
    v.pipe(
      v.array(text(mirrorFault, '^[Hh][Tt][Tt][Pp][Ss]?:', 'An http(s) URL without credentials.')),
      v.description('Base URLs, beside the configured registries, that tarballs may come from.'),
    ),
  ),
  feeds: v.exactOptional(
    v.pipe(
      v.array(v.union([place, table(feedEntries)])),
      v.description('Lists of known malicious or hallucinated names. Those of user and project are joined.'),
    ),
  ),
  store: v.exactOptional(
    text(
      storeFault,
      '^[Rr][Ee][Dd][Ii][Ss][Ss]?://',
      'redis:// or rediss:// URL of a Redis or Valkey, or with ?cluster=true of a cluster of them, by which machines with the same key share facts. The user’s counts before the project’s.',
    ),
  ),
  exceptions: v.exactOptional(
    v.pipe(
      v.array(table(exceptionEntries)),
      v.description(
        'Reviewed packages. Those of a project never cover NOT_FOUND, KNOWN_MALICIOUS or RESOLVED_MISMATCH.',
      ),
    ),
  ),
  projectExceptions: v.exactOptional(
    v.pipe(
      v.boolean(),
      v.description(
        'User level only. false ignores the exceptions, trusted scopes, mirrors and store of every project. Default: true.',
      ),
    ),
  ),
};

export const exceptionSchema = table(exceptionEntries);
export const configSchema = table(configEntries);
export type ConfigInput = v.InferOutput<typeof configSchema>;
export type ExceptionInput = v.InferOutput<typeof exceptionSchema>;

/** The keys of every object of a configuration, by the pattern of its path. */
export const KNOWN_KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['', Object.keys(configEntries)],
  ['onUnavailable', Object.keys(unavailableEntries)],
  ['thresholds', Object.keys(thresholdEntries)],
  ['feeds[]', Object.keys(feedEntries)],
  ['exceptions[]', Object.keys(exceptionEntries)],
]);

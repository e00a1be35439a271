import semver from 'semver';
import type { Finding, FindingCode } from './finding.js';
import type { PnpmSettings } from './read-pnpm-settings.js';

type Protection = {
  readonly code: FindingCode;
  readonly key: string;
  /** What holds where nobody sets it; `null` = this pnpm does not know it. */
  readonly default: (version: string) => string | null;
  readonly isStrict: (value: string) => boolean;
  /** What could happen otherwise. */
  readonly risk: string;
  readonly fix: string;
};

/**
 * By the tables of defaults in the packages themselves (`dist/pnpm.cjs` of 10.34.9, `dist/pnpm.mjs` of 11.28.11): 9.15.9 and
 * 10.0.0 know none of them. Which 10 brought each was not looked for, so that from 10.1 on they count as known. 12.0.0 and
 * 12.21.0 end by default with ERR_PNPM_EXOTIC_SUBDEP and ERR_PNPM_IGNORED_BUILDS, as 11.28.11 does.
 */
const eleven =
  (before: string, since: string) =>
  (version: string): string | null => {
    if (semver.lt(version, '10.1.0')) return null;
    return semver.major(version) >= 11 ? since : before;
  };

const isTrue = (value: string): boolean => value === 'true';

const PROTECTIONS: readonly Protection[] = [
  {
    code: 'PNPM_MINIMUM_RELEASE_AGE',
    key: 'minimumReleaseAge',
    default: eleven('0', '1440'),
    isStrict: (value) => Number(value) >= 1440,
    risk: 'versions are installed that were published within the last day',
    fix: 'set "minimumReleaseAge: 1440" in pnpm-workspace.yaml',
  },
  {
    code: 'PNPM_BLOCK_EXOTIC_SUBDEPS',
    key: 'blockExoticSubdeps',
    default: eleven('false', 'true'),
    isStrict: isTrue,
    risk: 'dependencies may bring packages from git and URLs',
    fix: 'set "blockExoticSubdeps: true" in pnpm-workspace.yaml',
  },
  {
    code: 'PNPM_STRICT_DEP_BUILDS',
    key: 'strictDepBuilds',
    default: eleven('false', 'true'),
    isStrict: isTrue,
    risk: 'an install with scripts that nobody has reviewed ends with 0',
    fix: 'set "strictDepBuilds: true" in pnpm-workspace.yaml',
  },
  {
    code: 'PNPM_TRUST_POLICY',
    key: 'trustPolicy',
    default: eleven('off', 'off'),
    isStrict: (value) => value === 'no-downgrade',
    risk: 'a version that is published with less proof than those before is installed',
    fix: 'set "trustPolicy: no-downgrade" in pnpm-workspace.yaml',
  },
];

/** Where pnpm's own protections are weaker than they can be. They are information: no guard depends on them. */
export function findInPnpmSettings(version: string | null, settings: PnpmSettings): readonly Finding[] {
  if (version === null) return [];
  return [
    ...PROTECTIONS.flatMap((one) => findWeak(one, version, settings)),
    ...findBuilds(version, settings),
  ];
}

function findWeak(protection: Protection, version: string, settings: PnpmSettings): readonly Finding[] {
  const { code, key, isStrict, risk, fix } = protection;
  const byDefault = protection.default(version);
  if (byDefault === null) return [];
  const set = settings[key];
  const value = set === undefined ? byDefault : String(set.value);
  if (isStrict(value)) return [];
  const who = set === undefined ? `the default of pnpm ${version}` : 'set here';
  return [information(code, `${key} is ${value} (${who}): ${risk}`, fix, set?.source)];
}

/** pnpm 9 runs the scripts of every dependency unless a list names those that may. */
function findBuilds(version: string, settings: PnpmSettings): readonly Finding[] {
  const { dangerouslyAllowAllBuilds: all, onlyBuiltDependencies: only, allowBuilds } = settings;
  const code = 'PNPM_ALL_BUILDS_ALLOWED';
  const everybody = 'the install scripts of every dependency run';
  if (all !== undefined && String(all.value) === 'true')
    return [
      information(
        code,
        `dangerouslyAllowAllBuilds is true: ${everybody}`,
        'take it out, then pnpm approve-builds',
        all.source,
      ),
    ];
  if (semver.major(version) >= 10 || only !== undefined || allowBuilds !== undefined) return [];
  const fix = 'list those that may in pnpm.onlyBuiltDependencies of package.json';
  return [information(code, `pnpm ${version} asks nobody: ${everybody}`, fix)];
}

function information(code: FindingCode, message: string, fix: string, file?: string): Finding {
  return { code, message, fix, informational: true, ...(file === undefined ? {} : { file }) };
}

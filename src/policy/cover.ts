import semver from 'semver';
import type { EpochMs } from '../model/facts.js';
import type { AppliedException } from '../model/report.js';
import type { Signal, SignalCode } from '../model/signal.js';
import type { Subject } from '../model/verdict.js';
import { pinsOnly } from '../signals/integrity.js';
import type { Covered } from './judge.js';
import {
  type Policy,
  type PolicyException,
  type PolicySource,
  type TrustedScope,
  USER_ONLY_SIGNALS,
} from './policy.js';

type Cover = { readonly codes: ReadonlySet<SignalCode>; readonly applied: AppliedException };

/** A trusted scope vouches for who publishes, not for what the lockfile or a feed says. */
const NEVER_BY_SCOPE: ReadonlySet<SignalCode> = new Set<SignalCode>([
  ...USER_ONLY_SIGNALS,
  'INTEGRITY_MISMATCH',
  'SECURITY_HOLD',
  'UNPUBLISHED',
]);

/** Takes the signals that the policy's entries cover out of the score. Only risk is covered, never what speaks for it. */
export function coverSignals(subject: Subject, signals: readonly Signal[], policy: Policy): Covered {
  if (policy.exceptions.length === 0 && policy.trustedScopes.length === 0)
    return { signals, exceptions: [], notices: [] };
  const raising = signals.filter(({ weight }) => weight > 0).map(({ code }) => code);
  const notices: string[] = [];
  const covers = [
    ...policy.exceptions.flatMap((exception) => coverOf(exception, subject, raising, notices)),
    ...policy.trustedScopes.flatMap((trusted) => scopeCover(trusted, subject, raising)),
  ];
  const codes = new Set(covers.flatMap((cover) => [...cover.codes]));
  return {
    signals: signals.map((signal) => (codes.has(signal.code) ? { ...signal, weight: 0 } : signal)),
    exceptions: covers.map(({ applied }) => applied),
    notices,
  };
}

function coverOf(
  exception: PolicyException,
  subject: Subject,
  raising: readonly SignalCode[],
  notices: string[],
): readonly Cover[] {
  const { name, version, signals, reason, source, expires } = exception;
  if (name !== subject.entry.name || subject.entry.source !== 'registry') return [];
  if (!isVersionMeant(version, subject) || !isIntegrityMeant(exception, subject)) return [];
  const codes = raising.filter((code) => signals.includes(code) && isAllowed(code, source));
  if (codes.length === 0) return [];
  if (expires !== null && isPast(expires, subject.nowMs)) {
    notices.push(
      `the exception for ${name}@${version} expired on ${expires} and no longer covers ${codes.join(', ')}`,
    );
    return [];
  }
  return [{ codes: new Set(codes), applied: { name, version, signals: codes, reason, source } }];
}

function scopeCover(
  { scope, source }: TrustedScope,
  { entry }: Subject,
  raising: readonly SignalCode[],
): readonly Cover[] {
  if (entry.registryName === null || !entry.name.startsWith(`${scope}/`)) return [];
  const codes = raising.filter((code) => !NEVER_BY_SCOPE.has(code));
  if (codes.length === 0) return [];
  const { name, version } = entry;
  const reason = `the scope ${scope} is trusted`;
  return [
    { codes: new Set(codes), applied: { name, version: version ?? '*', signals: codes, reason, source } },
  ];
}

function isAllowed(code: SignalCode, source: PolicySource): boolean {
  return source === 'user' || !USER_ONLY_SIGNALS.has(code);
}

/**
 * Without a version in the tree the one that would be installed counts: the latest, where the registry says which and
 * the spec means it.
 */
function isVersionMeant(range: string, { entry, knowledge }: Subject): boolean {
  if (entry.version !== null) return semver.satisfies(entry.version, range);
  const latest = knowledge.answer?.kind === 'found' ? knowledge.answer.facts.latestVersion : null;
  if (latest === null || entry.presence === 'installed') return false;
  return meansLatest(entry.spec, latest) && semver.satisfies(latest, range);
}

function meansLatest(spec: string | null, latest: string): boolean {
  return spec === null || spec === '' || spec === 'latest' || semver.satisfies(latest, spec);
}

function isIntegrityMeant({ integrity }: PolicyException, { entry }: Subject): boolean {
  return integrity === null || (entry.integrity !== null && pinsOnly(entry.integrity, integrity) === true);
}

/** An exception holds to the end of its last day, in UTC. */
function isPast(lastDay: string, nowMs: EpochMs): boolean {
  return nowMs >= Date.parse(`${lastDay}T00:00:00Z`) + MS_PER_DAY;
}

const MS_PER_DAY = 86_400_000;

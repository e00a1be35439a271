import semver from 'semver';
import { asRecord, own } from '../registry/json-record.js';
import { MAX_EVENTS } from './limits.js';

/** What one OSV range covers: every version, or a range in npm's notation. */
export type OsvRange = { readonly all: true } | { readonly all: false; readonly range: string };

type EventKind = 'introduced' | 'fixed' | 'last_affected';
type Event = { readonly kind: EventKind; readonly version: string };

/** Types whose versions npm's order applies to; GIT ranges name commits. */
const TYPES = new Set<unknown>(['SEMVER', 'ECOSYSTEM']);

/** Sorts before every other version, as OSV's "0". */
const LOWEST = '0.0.0-0';

/**
 * The evaluation of the OSV schema ("IncludedInRanges") as a range: a version is affected from each `introduced` on,
 * until a `fixed` or behind a `last_affected`, and only below one of the `limit`s where there are any. `null` for a
 * range of another type, and for one that holds what is no version.
 */
export function readOsvRange(value: unknown): OsvRange | null {
  const record = asRecord(value);
  const list = own(record, 'events');
  if (!TYPES.has(own(record, 'type')) || !Array.isArray(list) || list.length > MAX_EVENTS) return null;
  const events = list.map((event) => readEvent(event));
  const limits = list.map((event) => own(asRecord(event), 'limit')).filter((limit) => limit !== undefined);
  const limit = highestLimit(limits);
  if (limit === null || events.includes(null)) return null;
  const intervals = toIntervals(events.filter((event) => event !== null && event !== 'limit'));
  if (intervals.length === 0) return null;
  if (limit === '' && intervals.includes(`>=${LOWEST}`)) return { all: true };
  return { all: false, range: intervals.map((interval) => `${interval}${limit}`).join(' || ') };
}

function readEvent(value: unknown): Event | 'limit' | null {
  const record = asRecord(value);
  for (const kind of ['introduced', 'fixed', 'last_affected'] as const) {
    const raw = own(record, kind);
    if (raw === undefined) continue;
    const version = kind === 'introduced' && raw === '0' ? LOWEST : toVersion(raw);
    return version === null ? null : { kind, version };
  }
  return own(record, 'limit') === undefined ? null : 'limit';
}

/** The comparator that stands for all limits together: empty without one, `null` when one is no version. */
function highestLimit(limits: readonly unknown[]): string | null {
  if (limits.length === 0 || limits.includes('*')) return '';
  const versions = limits.map(toVersion).filter((version) => version !== null);
  if (versions.length < limits.length) return null;
  return ` <${versions.reduce((a, b) => (semver.lt(a, b) ? b : a))}`;
}

/** Events of the same version keep their order, but the version of `last_affected` is still affected. */
function toIntervals(events: readonly Event[]): readonly string[] {
  const rank = ({ kind }: Event): number => (kind === 'last_affected' ? 1 : 0);
  const sorted = events.toSorted((a, b) => semver.compare(a.version, b.version) || rank(a) - rank(b));
  const intervals: string[] = [];
  let open: string | null = null;
  for (const { kind, version } of sorted) {
    if (kind === 'introduced') {
      open ??= version;
    } else if (open !== null) {
      intervals.push(`>=${open} ${kind === 'fixed' ? '<' : '<='}${version}`);
      open = null;
    }
  }
  return open === null ? intervals : [...intervals, `>=${open}`];
}

function toVersion(raw: unknown): string | null {
  return typeof raw === 'string' ? (semver.parse(raw, { loose: true })?.version ?? null) : null;
}

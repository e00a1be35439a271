import { toReportedError } from '../report/build-report.js';
import { isWithin } from './is-within.js';
import type { Rules } from './rules.js';
import { stampsOf } from './stamp-files.js';
import { withinDeadline } from './within-deadline.js';

/** The rules that count, read anew when their files change. */
export type RulesKeeper = {
  /** @throws whatever kept the first rules from being read; later ones that can't be read leave the last good ones */
  readonly current: () => Promise<Rules>;
  readonly state: () => RulesState;
  readonly close: () => Promise<void>;
};

export type RulesState = {
  readonly hasRules: boolean;
  readonly loadedAtMs: number | null;
  /** Why the files can't be read as they are; `null` = they can. */
  readonly problem: string | null;
  readonly reloads: number;
};

export type KeeperPorts = {
  readonly open: () => Promise<Rules>;
  /** Files to look at as long as there are no rules that name theirs. */
  readonly files: readonly string[];
  /** The most that rules which are there wait for newer ones, milliseconds. */
  readonly patienceMs: number;
  readonly nowMs: () => number;
  readonly onProblem: (message: string) => void;
};

/** The files are looked at no more often. */
const LOOK_MS = 1_000;
/** What could not be read, though its files are as they were, is tried again. */
const RETRY_MS = 30_000;
/** Feeds of the network are read again. */
const REMOTE_MS = 3_600_000;
/** Judging under way ends before its adapters do. */
const CLOSE_AFTER_MS = 60_000;

export function createRulesKeeper({ open, files, patienceMs, nowMs, onProblem }: KeeperPorts): RulesKeeper {
  let rules: Rules | null = null;
  let thrown: unknown = null;
  let stamp = '';
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let openedAtMs = Number.NEGATIVE_INFINITY;
  let loadedAtMs: number | null = null;
  let reloads = 0;
  let looking: Promise<void> | null = null;

  const reopen = async (): Promise<void> => {
    openedAtMs = nowMs();
    try {
      const before = rules;
      rules = await open();
      thrown = null;
      loadedAtMs = nowMs();
      if (before === null) return;
      reloads++;
      closeLater(before);
    } catch (error) {
      thrown = error;
      onProblem(problemOf(error));
    }
  };
  const look = async (): Promise<void> => {
    lookedAtMs = nowMs();
    const seen = join(await stampsOf(rules?.files ?? files));
    const waitMs = thrown === null ? REMOTE_MS : RETRY_MS;
    const mayPass = thrown !== null || (rules?.remoteFeeds ?? 0) > 0;
    const isDue = mayPass && !isWithin(waitMs, openedAtMs, lookedAtMs);
    const isFirst = rules === null && thrown === null;
    if (seen === stamp && !isDue && !isFirst) return;
    stamp = seen;
    await reopen();
    // Taken before the files were read: what changes meanwhile is read again.
    if (rules !== null && thrown === null) stamp = join(rules.stamps);
  };
  return {
    current: async () => {
      if (looking === null && !isWithin(LOOK_MS, lookedAtMs, nowMs())) {
        looking = look().finally(() => {
          looking = null;
        });
      }
      // A feed that is slow to come holds up nobody who can be answered without it.
      if (looking !== null) await (rules === null ? looking : withinDeadline(looking, patienceMs));
      if (rules === null) throw thrown;
      return rules;
    },
    state: () => ({
      hasRules: rules !== null,
      loadedAtMs,
      problem: thrown === null ? null : problemOf(thrown),
      reloads,
    }),
    close: async () => {
      await rules?.world.close();
    },
  };
}

function problemOf(thrown: unknown): string {
  const { code, message } = toReportedError(thrown);
  return `${message} (${code})`;
}

function closeLater({ world }: Rules): void {
  setTimeout(() => void world.close(), CLOSE_AFTER_MS).unref();
}

function join(stamps: readonly string[]): string {
  return stamps.join('\n');
}

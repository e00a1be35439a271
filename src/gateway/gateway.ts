import type { Io } from '../cli/io.js';
import type { RegistryRef } from '../model/facts.js';
import type { PackageName } from '../model/package-name.js';
import { toReportedError } from '../report/build-report.js';
import { BoundedMap } from './bounded-map.js';
import { actionOf, type Decision, toLogLine } from './decision.js';
import { createDecisionLog, type LogState } from './decision-log.js';
import { isWithin } from './is-within.js';
import { settle } from './judge-manifest.js';
import { createJudging, FRESH_MS } from './judging.js';
import { foreignVersions, type Manifest, recordIn, uplinksOf, withoutVersions } from './manifest.js';
import { createMetrics, type Metrics } from './metrics.js';
import type { GatewayOptions } from './options.js';
import { blockedVersions, type Outcome } from './outcome.js';
import { allFiles, ownFiles } from './own-files.js';
import type { Rules } from './rules.js';
import { createRulesKeeper, type RulesState } from './rules-keeper.js';
import { toHeader } from './ruling.js';
import { withinDeadline } from './within-deadline.js';

/** What came of a package document, and when. */
export type Recent = {
  readonly outcome: Outcome;
  readonly atMs: number;
  readonly elapsedMs: number;
  /** The rules that counted when judging began, by their number. */
  readonly rules: number;
};

/** The guard of one Verdaccio. Nothing of it rejects, but for what says so. */
export type Gateway = {
  readonly options: GatewayOptions;
  /** Judges a document within the deadline. */
  readonly decide: (manifest: Manifest) => Promise<Recent>;
  /** The document without what must not be installed. */
  readonly filter: (manifest: Manifest) => Promise<Manifest>;
  /** What the last document of that name came to; `null` = none was seen lately. */
  readonly recent: (name: string) => Recent | null;
  /** It was judged by the rules that count. */
  readonly isCurrent: (recent: Recent) => boolean;
  /** What is known of a name without its document; `null` = it has to be judged. */
  readonly settled: (name: string) => Promise<Recent | null>;
  /** Takes note of an answer to a request. */
  readonly record: (decision: Decision) => void;
  /** The last decisions that are worth a look, the newest first. */
  readonly decisions: () => readonly Decision[];
  readonly metrics: Metrics;
  readonly state: () => GatewayState;
  readonly nowMs: () => number;
  readonly close: () => Promise<void>;
};

export type GatewayState = {
  readonly faults: readonly string[];
  readonly rules: RulesState;
  readonly log: LogState;
  readonly problems: readonly string[];
};

export type GatewayPorts = {
  readonly options: GatewayOptions;
  /** What is wrong with the options; with any, nothing is judged. */
  readonly faults: readonly string[];
  readonly io: Io;
  readonly openRules: () => Promise<Rules>;
  /** The registry behind an uplink. */
  readonly registryOf: (uplink: string, name: PackageName) => RegistryRef;
  readonly onProblem: (message: string) => void;
};

/** The most that a request waits for the first rules after a start; that is no judging. */
const START_MS = 10_000;
/** Decisions that the page shows. */
const DECISIONS_KEPT = 200;
/** Names whose last outcome is kept. */
const NAMES_KEPT = 20_000;

type Start = { readonly startedMs: number; readonly number: number };

export function createGateway(ports: GatewayPorts): Gateway {
  const { options, faults, io, onProblem } = ports;
  const metrics = createMetrics();
  const log = createDecisionLog(options.decisionLog);
  const keeper = createRulesKeeper({
    open: ports.openRules,
    files: options.config === null ? [] : [options.config],
    patienceMs: options.deadlineMs / 2,
    nowMs: io.nowMs,
    onProblem,
  });
  const recents = new BoundedMap<string, Recent>(NAMES_KEPT);
  const decisions: Decision[] = [];
  let known: Rules | null = null;
  let rulesNumber = 0;

  const currentRules = async (): Promise<Rules> => {
    if (faults.length > 0) throw new Error(faults.join('; '));
    const rules = await keeper.current();
    if (rules !== known) rulesNumber++;
    known = rules;
    return rules;
  };
  const judge = createJudging({
    currentRules,
    registryOf: ports.registryOf,
    io,
    onRemembered: () => metrics.count('cache_hits'),
  });
  const keep = (name: string, outcome: Outcome, { startedMs, number }: Start): Recent => {
    const elapsedMs = io.elapsedMs() - startedMs;
    const recent = { outcome, atMs: io.nowMs(), elapsedMs, rules: number };
    recents.set(name, recent);
    if (outcome.kind !== 'own') metrics.judged(recent.elapsedMs);
    return recent;
  };
  const undecided = (action: 'allow' | 'block', reason: string, manifest: Manifest): Outcome => {
    const own = ownFiles(manifest, foreignVersions(manifest));
    return {
      kind: 'whole',
      ruling: { kind: 'undecided', action, reason: toHeader(reason) },
      latest: null,
      own,
    };
  };
  const decide = async (manifest: Manifest): Promise<Recent> => {
    const start: Start = { startedMs: io.elapsedMs(), number: rulesNumber };
    const name = typeof manifest['name'] === 'string' ? manifest['name'] : '';
    const uplinks = uplinksOf(manifest);
    if (uplinks.every((uplink) => options.trustedUplinks.includes(uplink)))
      return keep(name, { kind: 'own', files: allFiles(manifest) }, start);
    try {
      if (known === null) await withinDeadline(currentRules(), START_MS);
      const outcome = await withinDeadline(judge(name, manifest), options.deadlineMs);
      if (outcome !== null) return keep(name, outcome, start);
      metrics.count('deadline_hits');
      const late = `phantom-guard: ${name} could not be judged in time, try again`;
      return keep(name, undecided(options.onDeadline, late, manifest), start);
    } catch (error) {
      metrics.count('failures');
      const { message } = toReportedError(error);
      const failed = `phantom-guard: ${name} could not be judged: ${message}`;
      return keep(name, undecided('block', failed, manifest), start);
    }
  };
  return {
    options,
    decide,
    filter: async (manifest) => {
      const { outcome } = await decide(manifest);
      if (outcome.kind === 'own' || outcome.kind === 'established') return manifest;
      return withoutVersions(
        manifest,
        blockedVersions(outcome, Object.keys(recordIn(manifest, 'versions') ?? {})),
      );
    },
    recent: (name) => {
      const recent = recents.get(name) ?? null;
      return recent !== null && isWithin(FRESH_MS, recent.atMs, io.nowMs()) ? recent : null;
    },
    isCurrent: ({ rules }) => rules === rulesNumber,
    settled: async (name) => {
      try {
        const outcome = await withinDeadline(
          currentRules().then((rules) => settle(name, rules)),
          options.deadlineMs,
        );
        return outcome === null ? null : { outcome, atMs: io.nowMs(), elapsedMs: 0, rules: rulesNumber };
      } catch {
        // Judging its document says what is wrong.
        return null;
      }
    },
    record: (decision) => {
      const action = actionOf(decision.ruling);
      metrics.decided(action);
      if (action === 'allow' && !options.logAll) return;
      log.write(toLogLine(decision));
      if (action === 'allow') return;
      decisions.unshift(decision);
      if (decisions.length > DECISIONS_KEPT) decisions.pop();
    },
    decisions: () => decisions,
    metrics,
    state: () => ({
      faults,
      rules: keeper.state(),
      log: log.state(),
      problems: known?.world.openProblems() ?? [],
    }),
    nowMs: io.nowMs,
    close: async () => {
      await log.close();
      await keeper.close();
    },
  };
}

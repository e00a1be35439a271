import type { NameData } from '../../src/names/name-data.js';
import { NOW_MS } from './clock.js';
import { judgeWithWorld } from './judge-with-world.js';
import type { Loopback } from './loopback.js';
import { absentPackage, type MadePackage, makePackage } from './make-packument.js';
import { type Measured, measure } from './measured.js';
import type { NameSets } from './name-sets.js';
import { randomFor } from './random.js';
import type { Scenario } from './scenario.js';
import { writeProject } from './write-project.js';

/** What every scenario runs in. */
export type Laboratory = {
  readonly loopback: Loopback;
  readonly sets: NameSets;
  readonly data: NameData;
  /** For projects; emptied afterwards. */
  readonly directory: string;
};

/** Judges the packages of a scenario in one run of the pipeline; `null` when its names aren't on this machine. */
export async function runScenario(scenario: Scenario, laboratory: Laboratory): Promise<Measured | null> {
  const { loopback, sets, data, directory } = laboratory;
  const names = scenario.names(sets);
  if (names === null) return null;
  const { setting } = scenario;
  const packages = makePackages(scenario, names, laboratory);
  loopback.serve({ packages, downloadsDown: setting.downloadsDown ?? false });
  const startedMs = performance.now();
  const lockfile = writeProject(directory, packages, setting, loopback.registryUrl);
  const judged = new Set(names);
  const verdicts = await judgeWithWorld(lockfile, {
    argv: [
      ...['--registry', loopback.registryUrl, '--downloads-url', loopback.downloadsUrl, '--no-cache'],
      ...(setting.offline ? ['--offline'] : []),
    ],
    // Whatever npm is told on this machine is not for these servers.
    env: { npm_config_globalconfig: `${directory}/no-npmrc` },
    nowMs: NOW_MS,
    hidden: setting.hidden ? { names: judged, data } : null,
  });
  const measured = measure(
    scenario,
    verdicts.filter(({ subject }) => judged.has(subject.entry.name)),
    performance.now() - startedMs,
  );
  requireSound(measured, names.length, loopback);
  return measured;
}

function makePackages(
  { id, profile }: Scenario,
  names: readonly string[],
  { loopback, sets }: Laboratory,
): MadePackage[] {
  const random = randomFor(id);
  const { findingsOf } = sets;
  return names.map((name, index) =>
    profile === null
      ? absentPackage(name)
      : makePackage(name, profile(name, { index, random, findingsOf }), loopback.registryUrl, random),
  );
}

/** A figure is worth nothing when the instrument failed: every package has its verdict, every question its answer. */
function requireSound(
  { scenario, outcomes, undecided }: Measured,
  expected: number,
  loopback: Loopback,
): void {
  const { offline, downloadsDown, privateScope } = scenario.setting;
  if (outcomes.length !== expected) {
    throw new Error(`${scenario.id}: ${outcomes.length} verdicts on ${expected} packages`);
  }
  if (offline && loopback.requests().registry > 0) throw new Error(`${scenario.id}: asked, though offline`);
  if (offline) return;
  if (undecided > 0) throw new Error(`${scenario.id}: ${undecided} packages are undecided`);
  const unanswered = outcomes.filter(
    ({ verdict }) => verdict.subject.knowledge.downloads?.kind === 'unavailable',
  ).length;
  if (unanswered > 0 && !downloadsDown && privateScope === undefined) {
    throw new Error(
      `${scenario.id}: no download counts for ${unanswered} packages, though the service is up`,
    );
  }
}

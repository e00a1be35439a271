import type { Io } from '../cli/io.js';
import type { RegistryRef } from '../model/facts.js';
import type { PackageName } from '../model/package-name.js';
import { type Askers, createAskers } from './askers.js';
import { BoundedMap } from './bounded-map.js';
import { isWithin } from './is-within.js';
import { judgeManifest, settle } from './judge-manifest.js';
import { type Manifest, recordIn, uplinksOf } from './manifest.js';
import type { Outcome } from './outcome.js';
import type { Rules } from './rules.js';

export type JudgingPorts = {
  /** The rules that count. Rejects where there are none. */
  readonly currentRules: () => Promise<Rules>;
  /** The registry behind an uplink. */
  readonly registryOf: (uplink: string, name: PackageName) => RegistryRef;
  readonly io: Pick<Io, 'nowMs' | 'signal'>;
  /** Called for each judgement that was remembered. */
  readonly onRemembered: () => void;
};

/** Names whose outcome is kept. */
const NAMES_KEPT = 20_000;
/** Ages and download counts change by the day; a name that somebody waits for is looked at sooner. */
export const FRESH_MS = 600_000;
/** The most that judging goes on behind a request that was answered at its deadline. */
const LATE_MS = 10_000;

type Remembered = {
  readonly key: string;
  readonly rules: Rules;
  readonly atMs: number;
  readonly outcome: Outcome;
};

/**
 * Judges documents of uplinks: once for all who wait for the same one, and again when the document, who asks for the name, or
 * the rules have changed. Rejects where there are no rules.
 */
export function createJudging({ currentRules, registryOf, io, onRemembered }: JudgingPorts) {
  const remembered = new BoundedMap<string, Remembered>(NAMES_KEPT);
  const underWay = new Map<string, Promise<Outcome>>();
  let askers: Askers | null = null;

  const judge = async (name: string, manifest: Manifest): Promise<Outcome> => {
    const rules = await currentRules();
    const { popularityOf } = rules.world.ports;
    // The bundled names are the same under all rules.
    askers ??= createAskers((one) => popularityOf(one) !== null);
    const settled = settle(name, rules);
    if (settled !== null) {
      askers.note({ name, popularity: popularityOf(name) ?? 0 }, manifest);
      return settled;
    }
    const asker = askers.askerOf(name);
    const key = `${fingerprint(manifest)} ${asker?.name ?? ''}`;
    const before = remembered.get(name);
    if (before?.key === key && before.rules === rules && isWithin(FRESH_MS, before.atMs, io.nowMs())) {
      onRemembered();
      return before.outcome;
    }
    const registry = registryOf(uplinksOf(manifest)[0] ?? '', name as PackageName);
    const signal = AbortSignal.any([io.signal, AbortSignal.timeout(LATE_MS)]);
    const outcome = await judgeManifest(name, manifest, {
      rules,
      registry,
      asker,
      nowMs: io.nowMs(),
      signal,
    });
    remembered.set(name, { key, rules, atMs: io.nowMs(), outcome });
    return outcome;
  };
  return async (name: string, manifest: Manifest): Promise<Outcome> => {
    const key = `${name} ${fingerprint(manifest)}`;
    const started = underWay.get(key) ?? judge(name, manifest).finally(() => underWay.delete(key));
    underWay.set(key, started);
    return await started;
  };
}

/** Changes with what the document says of the package. */
function fingerprint(manifest: Manifest): string {
  const versions = recordIn(manifest, 'versions') ?? {};
  const modified = recordIn(manifest, 'time')?.['modified'];
  const tags = JSON.stringify(recordIn(manifest, 'dist-tags'));
  return [String(manifest['_rev']), Object.keys(versions).length, String(modified), tags].join(' ');
}

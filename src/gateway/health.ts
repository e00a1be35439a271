import { TOOL } from '../cli/tool.js';
import { sanitize } from '../report/sanitize.js';
import type { Gateway } from './gateway.js';

/** The state of the gateway as a document; its shape is public. */
export type Health = {
  /** `failing` = nothing can be judged, so nothing new is served; `degraded` = it is judged, and something else is wrong. */
  readonly status: 'ok' | 'degraded' | 'failing';
  readonly version: string;
  readonly dataDate: string | null;
  readonly configLoadedAt: string | null;
  /** What is wrong, one sentence each. */
  readonly problems: readonly string[];
};

/** Reads the state; asks for the rules, so that a start and a change show. */
export async function readHealth(gateway: Gateway): Promise<Health> {
  await gateway.settled('phantom-guard');
  const { faults, rules, log, problems } = gateway.state();
  const isFailing = faults.length > 0 || !rules.hasRules;
  const all = [
    ...faults,
    ...(rules.problem === null ? [] : [rules.problem]),
    ...(log.problem === null ? [] : [`the decision log could not be written: ${log.problem}`]),
    ...problems,
  ];
  return {
    status: isFailing ? 'failing' : all.length > 0 ? 'degraded' : 'ok',
    version: TOOL.version,
    dataDate: TOOL.dataDate,
    configLoadedAt: rules.loadedAtMs === null ? null : new Date(rules.loadedAtMs).toISOString(),
    problems: all.map(sanitize),
  };
}

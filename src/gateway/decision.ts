import type { Ruling } from './ruling.js';

/** Who asked, as Verdaccio knows it. */
export type Asker = {
  /** `null` = nobody who is logged in. */
  readonly user: string | null;
  readonly ip: string | null;
};

/** One answer of the gateway to one request. */
export type Decision = {
  readonly atMs: number;
  readonly asker: Asker;
  readonly name: string;
  /** `null` = the package as a whole. */
  readonly version: string | null;
  /** `null` = allowed without being judged: established, or the organisation's own. */
  readonly ruling: Ruling | null;
  /** What judging took, milliseconds. */
  readonly elapsedMs: number;
};

export function actionOf(ruling: Ruling | null): 'allow' | 'warn' | 'block' | 'undecided' {
  if (ruling === null) return 'allow';
  return ruling.kind === 'undecided' ? 'undecided' : ruling.action;
}

/** A line of the decision log; its shape is public. */
export function toLogLine({ atMs, asker, name, version, ruling, elapsedMs }: Decision): string {
  const signals =
    ruling?.kind === 'judged'
      ? ruling.reported.signals.filter(({ weight }) => weight > 0).map(({ code }) => code)
      : [];
  return JSON.stringify({
    time: new Date(atMs).toISOString(),
    user: asker.user,
    ip: asker.ip,
    name,
    version,
    action: actionOf(ruling),
    served: ruling === null || ruling.action !== 'block',
    signals,
    reason: ruling === null || ruling.action === 'allow' ? null : ruling.reason,
    elapsedMs: Math.round(elapsedMs * 100) / 100,
  });
}

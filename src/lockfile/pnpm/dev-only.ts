import type { PnpmLink } from './pnpm-graph.js';

/** The ids that only devDependencies lead to; 9.0 does not say it. */
export function devOnly(links: readonly PnpmLink[]): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  for (const { from, to, direct } of links) {
    if (direct) continue;
    const targets = next.get(from);
    if (targets === undefined) next.set(from, [to]);
    else targets.push(to);
  }
  const direct = links.filter((link) => link.direct);
  const starts = (dev: boolean): string[] =>
    direct.filter(({ list }) => (list === 'dev') === dev).map(({ to }) => to);
  const needed = reach(starts(false), next);
  return new Set([...reach(starts(true), next)].filter((id) => !needed.has(id)));
}

function reach(starts: readonly string[], next: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [...starts];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    for (const to of next.get(id) ?? []) open.push(to);
  }
  return seen;
}

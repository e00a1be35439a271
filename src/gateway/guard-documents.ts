import type { AskedFor } from './asked-for.js';
import type { Gateway, Recent } from './gateway.js';
import { askerOf } from './identify.js';
import { rulingOnName, rulingOnVersion } from './outcome.js';
import { refuse } from './refuse.js';
import type { Ruling } from './ruling.js';
import type { Request, Response } from './verdaccio.js';

/** Versions of one document that are noted as blocked; a feed may list hundreds. */
const MOST_NOTED = 10;

/**
 * Turns what Verdaccio answers for a package of which the filter left nothing into a refusal with the reason: without it
 * the client would only say that there is no such version.
 */
export function guardDocument(
  { name, version }: Extract<AskedFor, { kind: 'document' }>,
  request: Request,
  response: Response,
  gateway: Gateway,
): void {
  const startedAtMs = gateway.nowMs();
  const send = response.send.bind(response);
  response.send = (body) => {
    response.send = send;
    const recent = gateway.recent(name);
    // Verdaccio has refused it itself, or nothing was filtered for this answer.
    if (recent === null || recent.atMs < startedAtMs || ![200, 404].includes(response.statusCode))
      return send(body);
    const { outcome, elapsedMs } = recent;
    const note = (one: string | null, ruling: Ruling | null): void =>
      gateway.record({
        atMs: gateway.nowMs(),
        asker: askerOf(request),
        name,
        version: one,
        ruling,
        elapsedMs,
      });
    const ruling = (version === null ? null : rulingOnVersion(outcome, version)) ?? rulingOnName(outcome);
    if (ruling?.action === 'block') {
      note(version, ruling);
      gateway.metrics.count('refused_documents');
      return refuse(request, response, ruling, send);
    }
    const blocked = version === null ? blockedOf(recent) : [];
    for (const [one, why] of blocked) note(one, why);
    if (blocked.length === 0) note(version, ruling);
    return send(body);
  };
}

function blockedOf({ outcome }: Recent): readonly (readonly [string, Ruling])[] {
  if (outcome.kind !== 'versions') return [];
  return [...outcome.rulings].filter(([, { action }]) => action === 'block').slice(-MOST_NOTED);
}

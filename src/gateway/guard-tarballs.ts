import type { Tarball } from './asked-for.js';
import type { Gateway, Recent } from './gateway.js';
import { askerOf } from './identify.js';
import { isWithin } from './is-within.js';
import { type Manifest, uplinksOf } from './manifest.js';
import { rulingOnFile } from './outcome.js';
import { type Ruling, toHeader } from './ruling.js';
import type { Request, Storage } from './verdaccio.js';

/** A decision on a tarball is believed for so long, under the same rules, before the document is looked at again. */
const BELIEVED_MS = 60_000;

/**
 * The refusal of a tarball, which is noted; `null` = it may be served, `absent` = the organisation's own package has no such
 * tarball, and Verdaccio must not look for one. Never rejects.
 */
export async function ruleOnTarball(
  asked: Tarball,
  request: Request,
  storage: Storage,
  gateway: Gateway,
): Promise<Ruling | 'absent' | null> {
  const { name, file } = asked;
  const recent =
    (await gateway.settled(name)) ??
    believed(asked, gateway) ??
    (await lookUp(asked, request, storage, gateway));
  if (recent === 'absent') return null;
  if (recent !== 'unavailable' && isNotAmongOwn(recent, file)) return 'absent';
  const ruling = recent === 'unavailable' ? UNAVAILABLE(name) : rulingFrom(recent, asked);
  const isRefused = ruling?.action === 'block';
  gateway.record({
    atMs: gateway.nowMs(),
    asker: askerOf(request),
    name,
    version: versionOf(recent, file),
    ruling,
    elapsedMs: typeof recent === 'string' ? 0 : recent.elapsedMs,
  });
  if (isRefused) gateway.metrics.count('refused_tarballs');
  return isRefused ? ruling : null;
}

const UNAVAILABLE = (name: string): Ruling => ({
  kind: 'undecided',
  action: 'block',
  reason: toHeader(`phantom-guard: ${name} could not be judged: its document could not be read, try again`),
});

/** What was decided a moment ago, where it tells of the file. */
function believed({ name, file }: Tarball, gateway: Gateway): Recent | null {
  const recent = gateway.recent(name);
  if (recent === null || !gateway.isCurrent(recent)) return null;
  if (!isWithin(BELIEVED_MS, recent.atMs, gateway.nowMs())) return null;
  const ruling = rulingOnFile(recent.outcome, file);
  return ruling === 'unknown' || ruling?.kind === 'undecided' ? null : recent;
}

/**
 * Asks Verdaccio for the document: what it has of it and, where uplinks have had a say, what they say now. It comes by the
 * filter; what the filter did not see is judged here. The organisation's own is asked for nowhere else.
 */
async function lookUp(
  { name, file }: Tarball,
  request: Request,
  storage: Storage,
  gateway: Gateway,
): Promise<Recent | 'absent' | 'unavailable'> {
  const startedAtMs = gateway.nowMs();
  const seen = (): Recent | null => {
    const recent = gateway.recent(name);
    return recent !== null && recent.atMs >= startedAtMs ? recent : null;
  };
  const local = await readDocument(name, request, storage, false);
  if (typeof local !== 'string') {
    const recent = seen() ?? (uplinksOf(local).length === 0 ? await gateway.decide(local) : null);
    if (recent !== null && rulingOnFile(recent.outcome, file) !== 'unknown') return recent;
  }
  const answer = await readDocument(name, request, storage, true);
  if (typeof answer === 'string') return answer;
  return seen() ?? (await gateway.decide(answer));
}

function readDocument(
  name: string,
  req: Request,
  storage: Storage,
  uplinksLook: boolean,
): Promise<Manifest | 'absent' | 'unavailable'> {
  return new Promise((resolve) => {
    const callback: Parameters<Storage['getPackage']>[0]['callback'] = (error, manifest) => {
      // Names that a file system takes for another one's lead to that one's document.
      if (manifest?.['name'] === name && !error) resolve(manifest);
      else resolve(error?.status === 404 ? 'absent' : 'unavailable');
    };
    try {
      storage.getPackage({ name, req, uplinksLook, keepUpLinkData: true, callback });
    } catch {
      resolve('unavailable');
    }
  });
}

function isNotAmongOwn({ outcome }: Recent, file: string): boolean {
  return outcome.kind === 'own' && rulingOnFile(outcome, file) === 'unknown';
}

function rulingFrom({ outcome }: Recent, { name, file }: Tarball): Ruling | null {
  const ruling = rulingOnFile(outcome, file);
  if (ruling !== 'unknown') return ruling;
  const reason = toHeader(`phantom-guard: ${file} belongs to no version of ${name} that was judged`);
  return { kind: 'undecided', action: 'block', reason };
}

function versionOf(recent: Recent | string, file: string): string | null {
  const known =
    typeof recent !== 'string' && recent.outcome.kind === 'versions' ? recent.outcome.files.get(file) : null;
  return known ?? /-(\d+\.\d+\.\d+.*)\.tgz$/.exec(file)?.[1] ?? null;
}

import { readSeenLockfile } from '../pnpmfile/seen-lockfile.js';
import { packagesDigest } from '../remember/packages-digest.js';
import type { Remembered } from '../remember/remembered.js';
import type { PnpmSession } from './pnpm-session.js';

/**
 * A session that answers from an earlier run what was judged there: the project, its lockfile, and what pnpm takes from
 * it. For all else, and where the user is to be told something, it starts the one that judges.
 */
export function rememberedSession(
  known: Remembered | null,
  startJudging: () => Promise<PnpmSession>,
): PnpmSession {
  let started: Promise<PnpmSession> | null = null;
  const isEnough = known !== null && hasNothingToTell(known);
  let session: PnpmSession | null = null;
  const judging = async (): Promise<PnpmSession> => {
    started ??= startJudging();
    session = await started;
    return session;
  };
  return {
    judgeProject: async () => (isEnough ? null : await (await judging()).judgeProject()),
    judgeLockfile: async (lockfile) =>
      isEnough && holdsTheSame(known, lockfile) ? null : await (await judging()).judgeLockfile(lockfile),
    judgePackage: async (manifest) =>
      isEnough && !isFromRegistry(manifest) ? null : await (await judging()).judgePackage(manifest),
    refused: () => session?.refused() ?? null,
  };
}

function hasNothingToTell({ report }: Remembered): boolean {
  return report.summary.suspicious === 0 && report.exceptions.length === 0;
}

function holdsTheSame({ packages }: Remembered, lockfile: unknown): boolean {
  return (
    packagesDigest(readSeenLockfile(lockfile).map(({ name, version }) => `${name}@${version}`)) === packages
  );
}

/** pnpm hands over projects, and what its lockfile holds, without `dist`. */
function isFromRegistry(manifest: unknown): boolean {
  return typeof manifest === 'object' && manifest !== null && 'dist' in manifest && manifest.dist != null;
}

import { GuardError } from '../errors.js';
import { publishedIntegrity } from '../signals/integrity-mismatch.js';
import { parseSpecs } from '../specs/parse-specs.js';
import { sha512Of } from '../wiring/hidden-lockfile.js';
import { PACKAGE_NAME } from '../wiring/package-root.js';
import type { Io } from './io.js';
import { judgeAndReport } from './judge-and-report.js';
import type { CheckOptions } from './options.js';

/** The sha512 that the responsible registry publishes for a version of a package of ours; `null` where it does not say. */
export async function publishedGuard(
  version: string,
  options: CheckOptions,
  io: Io,
  name: string = PACKAGE_NAME,
): Promise<string | null> {
  const asked = parseSpecs([`${name}@${version}`], io.cwd);
  const tree = {
    ...asked,
    entries: asked.entries.map((entry) => ({ ...entry, presence: 'installed' as const })),
  };
  try {
    const { verdicts } = await judgeAndReport(tree, { ...options, downloadsUrl: 'none', quiet: true }, io, {
      askAlways: true,
      fillsIntegrity: true,
      projectDir: io.cwd,
    });
    return sha512Of(
      verdicts.map(({ subject }) => publishedIntegrity(subject)).find((one) => one !== null) ?? null,
    );
  } catch (error) {
    // A configuration that nobody can be asked with is told by every check; wiring does not depend on it.
    if (error instanceof GuardError) return null;
    throw error;
  }
}

import { createHash } from 'node:crypto';
import { packTarball } from '../model/pack-tarball.js';

/** One of the two packages of the self-test. */
export type Subject = {
  readonly name: string;
  /** The newest version. */
  readonly version: string;
  /** Oldest first, with the newest. */
  readonly versions: readonly string[];
  /** Age of the first version. */
  readonly ageDays: number;
  readonly hasRepository: boolean;
};

/** A package of yesterday with one release, no repository and an install script: what somebody registers for a name that a model invented. */
export const SQUAT: Subject = {
  name: 'phantom-guard-selftest-squat',
  version: '1.0.0',
  versions: ['1.0.0'],
  ageDays: 1,
  hasRepository: false,
};

/** Beyond doubt, and with the same script: a guard that stops this one too is no guard. */
export const CONTROL: Subject = {
  name: 'phantom-guard-selftest-control',
  version: '1.24.0',
  versions: Array.from({ length: 25 }, (_, minor) => `1.${minor}.0`),
  ageDays: 6 * 365,
  hasRepository: true,
};

/** Names the file that the subjects' code may write; without it they do nothing. */
export const MARK_VARIABLE = 'PHANTOM_GUARD_SELFTEST_MARK';

/** Lies in the folder of an unpacked subject. */
export const SUBJECT_FILE = 'phantom-guard-selftest.txt';

const DAY_MS = 86_400_000;
const MARKING = `#!/usr/bin/env node
const file = process.env.${MARK_VARIABLE};
if (file) require('node:fs').appendFileSync(file, 'ran\\n');
`;

function manifestOf({ name, hasRepository }: Subject, version: string) {
  return {
    name,
    version,
    description: 'A harmless package of the self-test of phantom-guard-install',
    scripts: { install: 'node mark.cjs' },
    bin: { [name]: 'mark.cjs' },
    ...(hasRepository ? { repository: { type: 'git', url: `git+https://git.example/${name}.git` } } : {}),
  };
}

/** The tarball of a version. */
export function tarballOf(subject: Subject, version: string): Buffer {
  const manifest = JSON.stringify(manifestOf(subject, version), null, 2);
  return packTarball([
    { path: 'package/package.json', content: `${manifest}\n`, mode: 0o644 },
    { path: 'package/mark.cjs', content: MARKING, mode: 0o755 },
    { path: `package/${SUBJECT_FILE}`, content: `${subject.name}\n`, mode: 0o644 },
  ]);
}

/** Below the registry's URL. */
export function tarballPath({ name }: Subject, version: string): string {
  return `${name}/-/${name}-${version}.tgz`;
}

/** The package document, as npm's registry has it. */
export function documentOf(subject: Subject, registryUrl: string, nowMs: number): object {
  const { name, versions, version: latest, ageDays } = subject;
  const at = (index: number): string =>
    new Date(nowMs - ageDays * DAY_MS * (1 - index / versions.length)).toISOString();
  const person = { name: 'selftest', email: 'selftest@people.example' };
  const full = (version: string) => ({
    ...manifestOf(subject, version),
    _id: `${name}@${version}`,
    hasInstallScript: true,
    maintainers: [person],
    _npmUser: person,
    dist: distOf(subject, version, registryUrl),
  });
  const times = Object.fromEntries(versions.map((version, index) => [version, at(index)]));
  return {
    ...full(latest),
    _id: name,
    'dist-tags': { latest },
    versions: Object.fromEntries(versions.map((version) => [version, full(version)])),
    time: { created: at(0), modified: at(versions.length - 1), ...times },
  };
}

/** What a package-lock.json of version 3 says of the newest version. */
export function lockEntryOf(subject: Subject, registryUrl: string): object {
  const { tarball: resolved, integrity } = distOf(subject, subject.version, registryUrl);
  const { bin } = manifestOf(subject, subject.version);
  return { version: subject.version, resolved, integrity, hasInstallScript: true, bin };
}

function distOf(subject: Subject, version: string, registryUrl: string) {
  const bytes = tarballOf(subject, version);
  return {
    tarball: `${registryUrl}${tarballPath(subject, version)}`,
    integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
    shasum: createHash('sha1').update(bytes).digest('hex'),
  };
}

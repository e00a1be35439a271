import type { Profile } from './make-packument.js';
import { between, choose, type Random } from './random.js';
import { knownRepositories, ownRepository, type Repository, repositoryOf } from './repositories.js';
import type { About } from './scenario.js';

/** Registered for whoever installs it by mistake, three days ago. */
export const FRESH: Profile = {
  ageDays: 3,
  releases: 2,
  repository: null,
  installScript: true,
  maintainers: 1,
  weeklyDownloads: 40,
  readme: 'short',
};

/** Three weeks of care went into its looks. */
export function dressed(name: string, about: About): Profile {
  return {
    ageDays: 20,
    releases: 6,
    repository: borrowed(name, about),
    installScript: false,
    maintainers: 1,
    weeklyDownloads: 300,
    readme: 'long',
  };
}

/** Lies in wait. */
export function aged(name: string): Profile {
  return {
    ageDays: 200,
    releases: 4,
    repository: ownRepository(name),
    installScript: false,
    maintainers: 1,
    weeklyDownloads: 220,
    readme: 'short',
  };
}

/** Grown for four years, and in use. */
export function healthy(name: string): Profile {
  return {
    ageDays: 4 * 365 + 1,
    releases: 40,
    repository: ownRepository(name),
    installScript: false,
    maintainers: 2,
    weeklyDownloads: 60_000,
    readme: 'long',
  };
}

/** A young package that people began to use. */
export function genuine(name: string): Profile {
  return {
    ageDays: 20,
    releases: 8,
    repository: ownRepository(name),
    installScript: false,
    maintainers: 1,
    weeklyDownloads: 5_000,
    readme: 'long',
  };
}

/** Two months old, good and bad looks by turns: only who asks for it matters. */
export function inherited(name: string, { index }: Pick<About, 'index'>): Profile {
  return {
    ageDays: 60,
    releases: 3,
    repository: index % 2 === 0 ? ownRepository(name) : null,
    installScript: false,
    maintainers: 1,
    weeklyDownloads: index % 4 < 2 ? 1_000 : 40,
    readme: 'short',
  };
}

/** A typo of a popular name, on its first day. */
export const FIRST_DAY: Profile = {
  ageDays: 1,
  releases: 1,
  repository: null,
  installScript: false,
  maintainers: 1,
  weeklyDownloads: null,
  readme: 'short',
};

/** Something internal of ten days: nobody fills in the fields, nobody counts the downloads. */
export const INTERNAL: Profile = {
  ageDays: 10,
  releases: 4,
  repository: null,
  installScript: false,
  maintainers: 1,
  weeklyDownloads: null,
  readme: 'short',
};

/** The repository of the npm package that `name` imitates; that of some popular one where it imitates none. */
export function borrowed(name: string, { findingsOf, random }: About): Repository {
  const imitated = findingsOf(name).find(({ ecosystem }) => ecosystem === 'npm')?.imitated;
  return repositoryOf(imitated ?? choose(knownRepositories(), random));
}

/** The same with another age (whole days in [least, most]) and downloads times or by up to 1.5. */
export function jittered(profile: Profile, least: number, most: number, random: Random): Profile {
  const { weeklyDownloads } = profile;
  const factor = 1.5 ** between(-1, 1, random);
  return {
    ...profile,
    ageDays: Math.floor(between(least, most + 1, random)),
    weeklyDownloads: weeklyDownloads === null ? null : Math.round(weeklyDownloads * factor),
  };
}

export function mirrored(profile: Profile): Profile {
  return { ...profile, mirrored: true };
}

import { createHash } from 'node:crypto';
import { DAY_MS, HOUR_MS, NOW_MS } from './clock.js';
import { choose, type Random } from './random.js';
import { accountOf, type Repository } from './repositories.js';

/** What a made-up package looks like to the world. */
export type Profile = {
  /** Whole days since the first publication. */
  readonly ageDays: number;
  readonly releases: number;
  readonly repository: Repository | null;
  readonly installScript: boolean;
  readonly maintainers: number;
  /** Downloads in the last week; `null` = the service doesn't count the name. */
  readonly weeklyDownloads: number | null;
  /** With a README of some pages, or of one line. */
  readonly readme: 'long' | 'short';
  /** Served without dates of its own, people and counts, as some mirrors do. */
  readonly mirrored?: boolean;
};

/** A package as the registry, the download service and a lockfile have it. */
export type MadePackage = {
  readonly name: string;
  /** The version that the tree pins: the latest. */
  readonly version: string;
  /** The registry's document; `null` = nobody owns the name. */
  readonly document: Readonly<Record<string, unknown>> | null;
  readonly weeklyDownloads: number | null;
  readonly installScript: boolean;
};

type Person = { readonly name: string; readonly email: string };

/** A package that nobody ever published. */
export function absentPackage(name: string): MadePackage {
  return { name, version: '1.0.0', document: null, weeklyDownloads: null, installScript: false };
}

/** A full document of npm's form. `registryUrl` ends with a slash. */
export function makePackage(
  name: string,
  profile: Profile,
  registryUrl: string,
  random: Random,
): MadePackage {
  const times = releaseTimes(profile, random);
  const versions = times.map((_, index) => `1.${Math.floor(index / 3)}.${index % 3}`);
  const latest = versions.at(-1) ?? '1.0.0';
  const common = commonMembers(name, profile, random);
  const people = peopleOf(name, profile.maintainers);
  const byVersion = versions.map((version) => [
    version,
    manifest(name, version, profile, common, people, registryUrl),
  ]);
  const iso = (atMs: number): string => new Date(atMs).toISOString();
  const stated = { created: iso(times[0] ?? NOW_MS), modified: iso((times.at(-1) ?? NOW_MS) + 4_000) };
  const document = {
    _id: name,
    _rev: `${versions.length}-${digest(name, 'md5', 'hex')}`,
    name,
    'dist-tags': { latest },
    versions: Object.fromEntries(byVersion),
    time: {
      ...(profile.mirrored ? {} : stated),
      ...Object.fromEntries(versions.map((version, index) => [version, iso(times[index] ?? NOW_MS)])),
    },
    ...(profile.mirrored ? {} : { maintainers: people }),
    ...common,
    readme: readmeOf(name, String(common['description']), profile.readme),
    readmeFilename: 'README.md',
  };
  const weeklyDownloads = profile.mirrored ? null : profile.weeklyDownloads;
  return { name, version: latest, document, weeklyDownloads, installScript: profile.installScript };
}

/** Subresource integrity of the bytes that this version would have. */
export function integrityOf(name: string, version: string): string {
  return `sha512-${digest(`${name}@${version}`, 'sha512', 'base64')}`;
}

export function tarballOf(name: string, version: string, registryUrl: string): string {
  return `${registryUrl}${name}/-/${name.slice(name.indexOf('/') + 1)}-${version}.tgz`;
}

/** Epoch milliseconds, oldest first: spread over the package's life, never a burst. */
function releaseTimes({ ageDays, releases }: Profile, random: Random): number[] {
  const firstMs = NOW_MS - ageDays * DAY_MS - random() * 8 * HOUR_MS;
  const stepMs = (ageDays * DAY_MS) / releases;
  return Array.from({ length: releases }, (_, index) =>
    Math.round(firstMs + index * stepMs + (index === 0 ? 0 : (random() - 0.5) * 0.3 * stepMs)),
  );
}

function commonMembers(name: string, profile: Profile, random: Random): Record<string, unknown> {
  const { repository } = profile;
  const words = name.replace(/^@/, '').split(/[-_./]+/);
  const url = repository === null ? null : typeof repository === 'string' ? repository : repository.url;
  const page =
    url === null ? null : url.replace(/^git\+|\.git$/g, '').replace(/^github:/, 'https://github.com/');
  return {
    description: `${choose(OPENINGS, random)} ${words.join(' ')}, for Node.js and browsers; typed, without dependencies`,
    keywords: words,
    license: 'MIT',
    author: { name: accountOf(name) },
    ...(repository === null ? {} : { repository }),
    ...(page === null ? {} : { homepage: `${page}#readme`, bugs: { url: `${page}/issues` } }),
  };
}

const OPENINGS = ['A small library for', 'Fast and simple', 'Everything you need for', 'Helpers around'];

function manifest(
  name: string,
  version: string,
  profile: Profile,
  common: Readonly<Record<string, unknown>>,
  people: readonly Person[],
  registryUrl: string,
): Record<string, unknown> {
  const bytes = `${name}@${version}`;
  const scripts = { build: 'tsc -p .', test: 'node --test' };
  return {
    name,
    version,
    ...common,
    main: 'dist/index.js',
    types: 'dist/index.d.ts',
    scripts: profile.installScript ? { ...scripts, postinstall: 'node scripts/setup.js' } : scripts,
    ...(profile.installScript ? { hasInstallScript: true } : {}),
    _id: bytes,
    gitHead: digest(bytes, 'sha1', 'hex'),
    _nodeVersion: '22.11.0',
    _npmVersion: '10.9.0',
    dist: {
      integrity: integrityOf(name, version),
      shasum: digest(bytes, 'sha1', 'hex'),
      tarball: tarballOf(name, version, registryUrl),
      fileCount: 9,
      unpackedSize: 24_117,
      signatures: [{ keyid: 'SHA256:bench', sig: digest(bytes, 'sha256', 'base64') }],
    },
    directories: {},
    ...(profile.mirrored ? {} : { _npmUser: people[0], maintainers: people }),
    _npmOperationalInternal: { host: 's3://npm-registry-packages-npm-production', tmp: `tmp/${bytes}` },
    _hasShrinkwrap: false,
  };
}

function peopleOf(name: string, count: number): Person[] {
  return Array.from({ length: count }, (_, index) => {
    const account = accountOf(`${name}#${index}`);
    return { name: account, email: `${account}@people.example.test` };
  });
}

function readmeOf(name: string, description: string, length: Profile['readme']): string {
  const short = `# ${name}\n\n${description}.\n`;
  if (length === 'short') return short;
  const usage = `## Installation\n\n    npm install ${name}\n\n## Usage\n\n\`\`\`js\nimport { create } from '${name}';\n\nconst instance = create({ strict: true });\nawait instance.run();\n\`\`\`\n`;
  const options = ['strict', 'timeout', 'cache', 'retries', 'logger'].map(
    (option) => `- \`${option}\`: see the types for what it accepts and what it defaults to.`,
  );
  return `${short}\n${usage}\n## Options\n\n${options.join('\n')}\n\n## Contributing\n\nIssues and pull requests are welcome. Run \`npm test\` first.\n\n## License\n\nMIT\n`;
}

function digest(text: string, algorithm: string, encoding: 'hex' | 'base64'): string {
  return createHash(algorithm).update(text).digest(encoding);
}

import path from 'node:path';
import { loadConfig } from '../config/load-config.js';
import { parsePackageName } from '../model/package-name.js';
import { parseTarballUrl } from '../model/tarball-url.js';
import { loadNameData } from '../names/load-name-data.js';
import { createPackageDocuments, type PackageDocumentSource } from '../registry/package-documents.js';
import { readRegistrySettings } from '../registry/read-npm-config.js';
import { type RegistrySettings, registryFor } from '../registry/settings.js';
import type { PackageDocuments } from '../wrap/outcome.js';
import type { Io } from './io.js';
import { type CheckOptions, npmCommandLine } from './options.js';

/** What a wrapping command has to know of registries while npm resolves; read at the first question. */
export type OpenRegistries = {
  readonly documents: PackageDocuments;
  /** Whether the URL is a registry's own tarball of an established name that no feed can speak of. */
  readonly mayDownload: (what: string) => Promise<boolean>;
  readonly close: () => Promise<void>;
};

const DEADLINE_MS = 30_000;

/** @param projectDir the folder whose .npmrc and configuration count */
export function openRegistries(options: CheckOptions, io: Io, projectDir: string): OpenRegistries {
  const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
    let made: Promise<T> | null = null;
    return () => {
      made ??= make();
      return made;
    };
  };
  const settings = once(async () => await readSettings(options, io, projectDir));
  const source = once(async () => {
    const deadlineMs = Math.min(options.timeoutMs, DEADLINE_MS);
    const { concurrency } = options;
    return createPackageDocuments({ settings: await settings(), concurrency, deadlineMs, signal: io.signal });
  });
  const hasFeeds = once(async () => {
    const { env, home, platform } = io;
    const configFile = options.config === null ? null : path.resolve(io.cwd, options.config);
    return (await loadConfig({ projectDir, configFile, env, home, platform })).feeds.length > 0;
  });
  let opened: Promise<PackageDocumentSource> | null = null;
  return {
    documents: {
      fetch: async (text) => {
        const name = parsePackageName(text);
        if (name === null) return 'missing';
        opened ??= source();
        return await (await opened).fetch(name);
      },
      scopes: async () => Object.keys((await settings()).scopeRegistries),
    },
    mayDownload: async (what) =>
      options.useData && isEstablished(what, await settings()) && !(await hasFeeds()),
    close: async () => (await opened)?.close(),
  };
}

async function readSettings(options: CheckOptions, io: Io, projectDir: string): Promise<RegistrySettings> {
  return await readRegistrySettings({ cwd: projectDir, env: io.env, argv: npmCommandLine(options) });
}

function isEstablished(url: string, settings: RegistrySettings): boolean {
  const tarball = parseTarballUrl(url);
  const name = tarball?.name == null ? null : parsePackageName(tarball.name);
  if (name === null || loadNameData().popularityOf(name) === null) return false;
  return registryFor(settings, name).tarballBases.some((base) => url.startsWith(base));
}

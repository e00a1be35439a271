import type { DependencyRequest, RequestKind } from '../lockfile/dependency-request.js';

/** What a manifest says that pnpm hands to `readPackage`. */
export type SeenManifest = {
  readonly name: string;
  readonly version: string;
  /** Of the registry's document; `null` for projects, packages from elsewhere, and what pnpm took from its lockfile. */
  readonly published: { readonly integrity: string | null; readonly tarball: string | null } | null;
  /** `null` where nobody says it. */
  readonly hasInstallScript: boolean | null;
  readonly requests: readonly DependencyRequest[];
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a manifest as leniently as pnpm does: what is no text counts as absent. `null` where it has no name or version.
 */
export function readSeenManifest(manifest: unknown): SeenManifest | null {
  const { name, version, dist, scripts, hasInstallScript } = fieldsOf(manifest);
  if (typeof name !== 'string' || typeof version !== 'string') return null;
  const { integrity, tarball } = fieldsOf(dist);
  const own = fieldsOf(scripts);
  return {
    name,
    version,
    published: dist == null ? null : { integrity: textOrNull(integrity), tarball: textOrNull(tarball) },
    hasInstallScript:
      hasInstallScript === true || ['preinstall', 'install', 'postinstall'].some((key) => key in own),
    requests: requestsOf(fieldsOf(manifest)),
  };
}

function requestsOf(manifest: Fields): readonly DependencyRequest[] {
  const meta = fieldsOf(manifest['peerDependenciesMeta']);
  const kindOfPeer = (key: string): RequestKind =>
    fieldsOf(meta[key])['optional'] === true ? 'optional-peer' : 'peer';
  return [
    ...listed(manifest['dependencies'], () => 'prod'),
    ...listed(manifest['optionalDependencies'], () => 'optional'),
    ...listed(manifest['peerDependencies'], kindOfPeer),
  ];
}

function listed(lines: unknown, kindOf: (key: string) => RequestKind): DependencyRequest[] {
  return Object.entries(fieldsOf(lines)).flatMap(([key, spec]) =>
    typeof spec === 'string' ? [{ key, spec, kind: kindOf(key) }] : [],
  );
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

import type { PackageDefinition, PackageVersion } from '../support/tarball-registry.js';

/** `bad`: a fresh squat. `healthy`: the positive control, an old package of many releases. Both mark alike. */
export type Variant = 'bad' | 'healthy';

export type PackageId = { readonly name: string; readonly version: string };

/** In every package that holds the subject's code, whatever it is called. */
export const SUBJECT_FILE = 'phantom-subject.txt';

/** The variable with the absolute path of the file to which the subject's code appends a line. */
export const MARK_VARIABLE = 'PHANTOM_MARK';

/** Version of everything healthy. */
export const CURRENT = '1.24.0';
export const PREVIOUS = '1.23.0';

/** Healthy and without scripts: what else a project asks for. */
export const BYSTANDERS = ['zq-matrix-one', 'zq-matrix-two'] as const;

export function subjectOf(variant: Variant): PackageId {
  return variant === 'bad'
    ? { name: 'zq-matrix-bad', version: '1.0.0' }
    : { name: 'zq-matrix-healthy', version: CURRENT };
}

/** The package behind `npm create`. */
export function creatorOf(variant: Variant): PackageId {
  const { name, version } = subjectOf(variant);
  return { name: `create-${name}`, version };
}

/** The subject without scripts of installation: it has a program, and nothing runs before somebody calls that. */
export function quietOf(variant: Variant): PackageId {
  const { name, version } = subjectOf(variant);
  return { name: `${name}-program`, version };
}

/** A package that carries the subject in its own tarball; it is as bad or healthy as the subject, without scripts. */
export function bundlerOf(variant: Variant): PackageId {
  return { name: `zq-matrix-bundler-${variant}`, version: subjectOf(variant).version };
}

/** Subject, creator, bystanders, and the healthy packages through which a project gets the subject. */
export function matrixPackages(variant: Variant): PackageDefinition[] {
  const subject = subjectOf(variant);
  const dependencies = { [subject.name]: subject.version };
  return [
    marking(variant, subject),
    marking(variant, creatorOf(variant)),
    quiet(variant, quietOf(variant)),
    ...BYSTANDERS.map((name) => established(name)),
    established('zq-matrix-carrier', { manifest: { dependencies } }),
    established('zq-matrix-mover', { manifest: { dependencies } }),
    established('zq-matrix-asks-mover', { manifest: { dependencies: { 'zq-matrix-mover': '^1.22.0' } } }),
    established('zq-matrix-peer-carrier', { manifest: { peerDependencies: dependencies } }),
    bundling(variant, subject),
  ];
}

/** A healthy package whose newest version asks for the subject at `spec`. */
export function carrierOf(name: string, variant: Variant, spec: string): PackageDefinition {
  return established(name, { manifest: { dependencies: { [subjectOf(variant).name]: spec } } });
}

/** The subject as a folder of files, package.json included. */
export function unpacked({ name, version }: PackageId): Record<string, string> {
  const { manifest, files } = markingVersion(name);
  return { 'package.json': `${JSON.stringify({ name, version, ...manifest })}\n`, ...files };
}

function marking(variant: Variant, id: PackageId): PackageDefinition {
  return aged(variant, id, markingVersion(id.name));
}

function quiet(variant: Variant, id: PackageId): PackageDefinition {
  const { manifest, files } = markingVersion(id.name);
  return aged(variant, id, { manifest: { bin: manifest['bin'] }, files });
}

function bundling(variant: Variant, subject: PackageId): PackageDefinition {
  return aged(variant, bundlerOf(variant), {
    manifest: { dependencies: { [subject.name]: subject.version }, bundleDependencies: [subject.name] },
    files: below(`node_modules/${subject.name}/`, unpacked(subject)),
  });
}

function aged(variant: Variant, { name, version }: PackageId, one: PackageVersion): PackageDefinition {
  if (variant === 'healthy') return established(name, one);
  return { name, versions: { [version]: one }, ageDays: 1, repository: null };
}

function markingVersion(name: string): Required<Pick<PackageVersion, 'manifest' | 'files'>> {
  return {
    manifest: {
      scripts: {
        preinstall: 'node mark.cjs preinstall',
        install: 'node mark.cjs install',
        postinstall: 'node mark.cjs postinstall',
      },
      bin: { [name]: 'mark.cjs' },
    },
    files: { 'mark.cjs': markingScript(name), [SUBJECT_FILE]: `${name}\n` },
  };
}

function markingScript(name: string): string {
  return `#!/usr/bin/env node
const line = '${name} ' + (process.argv[2] || 'bin') + '\\n';
require('node:fs').appendFileSync(process.env.${MARK_VARIABLE}, line);
`;
}

function established(name: string, newest: PackageVersion = {}): PackageDefinition {
  const older = Array.from({ length: 24 }, (_, minor): [string, PackageVersion] => [`1.${minor}.0`, {}]);
  return { name, versions: { ...Object.fromEntries(older), [CURRENT]: newest }, ageDays: 6 * 365 };
}

function below(folder: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([file, content]) => [`${folder}${file}`, content]));
}

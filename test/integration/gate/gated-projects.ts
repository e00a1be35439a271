import { afterAll, beforeAll } from 'vitest';
import type { TarballRegistry } from '../../support/tarball-registry.js';
import { marking, type Project, type Served, serve, writeProject } from './support.js';

const scripts = (name: string) => ({ scripts: { install: marking(name) } });
const PACKAGES: readonly Served[] = [
  { name: 'zq-healthy', manifest: scripts('zq-healthy') },
  { name: 'zq-second', manifest: scripts('zq-second') },
  { name: '@zq-scope/healthy', manifest: scripts('@zq-scope/healthy') },
  { name: 'zq-quiet' },
  {
    name: 'zq-runner',
    manifest: { bin: 'bin.sh' },
    files: { 'bin.sh': `#!/bin/sh\n${marking('zq-runner')}\n` },
  },
  { name: 'zq-bad', bad: true, manifest: { scripts: { preinstall: marking('zq-bad') } } },
  {
    name: 'zq-bad-runner',
    bad: true,
    manifest: { bin: 'bin.sh' },
    files: { 'bin.sh': `#!/bin/sh\n${marking('zq-bad-runner')}\n` },
  },
  { name: 'zq-parent', manifest: { dependencies: { 'zq-bad': '*' } } },
  // Its bins have the names of what the gate could look up in PATH.
  {
    name: 'zq-bad-bins',
    bad: true,
    manifest: {
      ...scripts('zq-bad-bins'),
      bin: { node: 'bin.sh', ls: 'bin.sh', ps: 'bin.sh', sh: 'bin.sh' },
    },
    files: { 'bin.sh': `#!/bin/sh\n${marking('zq-bad-bins')}\nexit 0\n` },
  },
];

/** Call it once in a test file: a registry for its tests, and projects that npm guards by the script gate. */
export function gatedProjects() {
  let registry: TarballRegistry;
  beforeAll(async () => {
    registry = await serve(PACKAGES);
  });
  afterAll(async () => registry.close());
  return (
    manifest: object,
    files: Readonly<Record<string, string | object>> = {},
    npmrc?: readonly string[],
  ): Project =>
    writeProject(
      registry.url,
      { 'package.json': { name: 'p', version: '1.0.0', ...manifest }, ...files },
      npmrc,
    );
}

/** The lines of a package.json that ask for these. */
export function needs(...names: readonly string[]) {
  return { dependencies: Object.fromEntries(names.map((name) => [name, '*'])) };
}

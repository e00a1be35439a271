import { afterEach, describe, expect, it } from 'vitest';
import { creatorOf, matrixPackages, subjectOf, type Variant } from '../matrix/packages.js';
import { SCENARIOS } from '../matrix/scenarios.js';
import { writeProject } from '../support/projects.js';
import { runCli } from '../support/run-cli.js';
import { startTarballRegistry, type TarballRegistry } from '../support/tarball-registry.js';

/** The scenarios whose lockfile has the subject, each in its own way. */
const LOCKED = ['install-lock', 'tampered', 'tampered-host', 'no-integrity', 'bundled-lock'];

let registry: TarballRegistry | null = null;
afterEach(async () => {
  await registry?.close();
  registry = null;
});

async function start(variant: Variant): Promise<TarballRegistry> {
  await registry?.close();
  registry = await startTarballRegistry(matrixPackages(variant));
  return registry;
}

describe('the packages of the matrix', () => {
  it.each([
    ['bad', 1],
    ['healthy', 0],
  ] as const)('%s: `validate` ends with %i', async (variant, expected) => {
    const names = [subjectOf(variant).name, creatorOf(variant).name];
    const { url } = await start(variant);
    expect((await runCli(['validate', ...names, '--registry', url])).status).toBe(expected);
  });

  it.each(SCENARIOS.filter(({ id }) => LOCKED.includes(id)))(
    '$id: `check` blocks the bad project and allows its control',
    async (scenario) => {
      const statuses = [];
      for (const variant of ['bad', 'healthy'] as const) {
        const server = await start(variant);
        const cwd = writeProject(scenario.plan({ registry: server, variant }).files);
        statuses.push((await runCli(['check', '.', '--registry', server.url], { cwd })).status);
      }
      expect(statuses).toEqual([1, 0]);
    },
  );
});

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { managers, runNpm } from '../../support/managers.js';
import { pnpmManagers, runPnpm } from '../../support/pnpm-managers.js';
import { writeFiles } from '../../support/projects.js';
import type { ProcessRun } from '../../support/run-process.js';
import { buildPlugin, verdaccios } from '../../support/verdaccio.js';
import { CHILD, emptyFolder, type GatewayWorld, HEALTHY, SQUAT, startWorld } from './support.js';

const { programs, skipped } = verdaccios();
const npm = managers().managers.find(({ major }) => major === 11);
const pnpm = pnpmManagers().managers.find(({ version }) => version.startsWith('10.34'));
const missing = [
  ...skipped,
  ...(npm === undefined ? ['npm 11 is not installed: run "npm run toolchain"'] : []),
  ...(pnpm === undefined ? ['pnpm 10 is not installed: run "npm run toolchain"'] : []),
];
for (const reason of missing) it.skip(reason);

type Client = {
  readonly name: string;
  readonly run: (args: readonly string[], cwd: string, registry: string) => Promise<ProcessRun>;
};

/** Each run has an empty home, and so an empty cache. */
const clients: readonly Client[] = [
  ...(npm === undefined
    ? []
    : [
        {
          name: `npm ${npm.version}`,
          run: (args: readonly string[], cwd: string, registry: string) =>
            runNpm(npm, args, { cwd, home: emptyFolder('home'), registry }),
        },
      ]),
  ...(pnpm === undefined
    ? []
    : [
        {
          name: `pnpm ${pnpm.version}`,
          run: (args: readonly string[], cwd: string, registry: string) =>
            runPnpm(pnpm, args, { cwd, home: emptyFolder('home'), registry }),
        },
      ]),
];

const plugins = programs.length === 0 ? '' : buildPlugin();

/** Path of every file below node_modules, with the digest of its bytes; without what managers write about the install. */
function installed(project: string): readonly string[] {
  const root = path.join(project, 'node_modules');
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter(
      (file) =>
        !/(?:^|\/)(?:\.package-lock\.json|\.modules\.yaml|\.pnpm-workspace-state.*\.json|lock\.yaml)$/.test(
          file,
        ),
    )
    .map(
      (file) =>
        `${file} ${createHash('sha512')
          .update(readFileSync(path.join(root, file)))
          .digest('hex')}`,
    )
    .toSorted();
}

function project(files: Readonly<Record<string, unknown>>): string {
  const folder = emptyFolder('project');
  const texts = Object.entries(files).map(([file, content]) => [
    file,
    typeof content === 'string' ? content : JSON.stringify(content),
  ]);
  writeFiles(folder, Object.fromEntries(texts) as Record<string, string>);
  return folder;
}

describe.each(programs)('through Verdaccio $version', (program) => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await startWorld(program, plugins);
  });
  afterAll(() => world?.close());

  describe.each(clients)('$name', ({ name, run }) => {
    it('cannot install a fresh squat, and says why', async () => {
      world.upstream.reset();
      const there = project({ 'package.json': { name: 'zq-project', version: '1.0.0' } });
      const { status, stdout, stderr } = await run(
        [name.startsWith('npm') ? 'install' : 'add', SQUAT],
        there,
        world.verdaccio.url,
      );
      expect(status).not.toBe(0);
      expect(`${stdout}${stderr}`).toMatch(/403/);
      if (name.startsWith('npm')) expect(stderr).toContain(`phantom-guard: ${SQUAT} is high-risk`);
      expect(existsSync(path.join(there, 'node_modules', SQUAT))).toBe(false);
      expect(world.upstream.requestedTarballs()).toEqual([]);
    });

    it('installs a healthy tree byte for byte as without the gateway', async () => {
      const manifest = { name: 'zq-project', version: '1.0.0', dependencies: { [HEALTHY]: '^2.0.0' } };
      const [direct, guarded] = [
        project({ 'package.json': manifest }),
        project({ 'package.json': manifest }),
      ];
      const args = name.startsWith('npm') ? ['install'] : ['install', '--no-frozen-lockfile'];
      const runs = [
        await run(args, direct, world.upstream.url),
        await run(args, guarded, world.verdaccio.url),
      ];
      expect(runs.map(({ status }) => status)).toEqual([0, 0]);
      expect(installed(guarded)).toEqual(installed(direct));
      expect(installed(guarded).filter((line) => line.includes(CHILD)).length).toBeGreaterThan(1);
    });
  });

  it.skipIf(npm === undefined)(
    'a lockfile with the address of the tarball does not get round it',
    async () => {
      const client = clients.find((one) => one.name.startsWith('npm'));
      world.upstream.reset();
      const { integrity } = world.upstream.lockEntry(SQUAT, '1.0.0');
      const resolved = `${world.verdaccio.url}${SQUAT}/-/${SQUAT}-1.0.0.tgz`;
      const root = { name: 'zq-project', version: '1.0.0', dependencies: { [SQUAT]: '1.0.0' } };
      const there = project({
        'package.json': root,
        'package-lock.json': {
          ...root,
          lockfileVersion: 3,
          requires: true,
          packages: { '': root, [`node_modules/${SQUAT}`]: { version: '1.0.0', resolved, integrity } },
        },
      });
      const done = await client?.run(['ci'], there, world.verdaccio.url);
      expect(done?.status).not.toBe(0);
      expect(done?.stderr).toMatch(/E403/);
      expect(done?.stderr).toContain(`phantom-guard: ${SQUAT} is high-risk`);
      expect(existsSync(path.join(there, 'node_modules', SQUAT))).toBe(false);
      expect(world.upstream.requestedTarballs()).toEqual([]);
    },
  );
});

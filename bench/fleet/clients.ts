import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { managers, runNpm } from '../../test/support/managers.js';
import { pnpmManagers, runPnpm } from '../../test/support/pnpm-managers.js';
import { writeFiles } from '../../test/support/projects.js';

/** What came of an install. */
export type Installed = {
  readonly status: number | null;
  readonly said: string;
  /** Digest of all files below node_modules; without what managers write about the install. */
  readonly digest: string;
};

/** A package manager with an empty home, and so an empty cache, for each run. */
export type Client = {
  readonly title: string;
  readonly install: (dependencies: Readonly<Record<string, string>>, registry: string) => Promise<Installed>;
};

/** Fifty at once on two cores take minutes. */
const INSTALL_MS = 1_800_000;
/** npm's own default. A server that closes an idle connection at the moment it is used again is no failure to npm. */
const NPM_RETRIES = '2';

/** npm 11 and pnpm 10, where `npm run toolchain` has installed them. */
export function clientsHere(): readonly Client[] {
  const npm = managers().managers.find(({ major }) => major === 11);
  const pnpm = pnpmManagers().managers.find(({ version }) => version.startsWith('10.34'));
  return [
    ...(npm === undefined
      ? []
      : [
          clientOf(`npm ${npm.version}`, (cwd, registry) =>
            runNpm(npm, ['install', '--no-audit', '--no-fund'], {
              cwd,
              home: emptyFolder('home'),
              registry,
              timeoutMs: INSTALL_MS,
              env: { npm_config_fetch_retries: NPM_RETRIES },
            }),
          ),
        ]),
    ...(pnpm === undefined
      ? []
      : [
          clientOf(`pnpm ${pnpm.version}`, (cwd, registry) =>
            runPnpm(pnpm, ['install', '--no-frozen-lockfile'], { cwd, home: emptyFolder('home'), registry }),
          ),
        ]),
  ];
}

type Run = (
  cwd: string,
  registry: string,
) => Promise<{ readonly status: number | null; readonly stdout: string; readonly stderr: string }>;

function clientOf(title: string, run: Run): Client {
  return {
    title,
    install: async (dependencies, registry) => {
      const cwd = emptyFolder('project');
      writeFiles(cwd, { 'package.json': { name: 'zq-project', version: '1.0.0', dependencies } });
      const { status, stdout, stderr } = await run(cwd, registry);
      return { status, said: `${stdout}${stderr}`, digest: digestOf(path.join(cwd, 'node_modules')) };
    },
  };
}

const OF_THE_INSTALL =
  /(?:^|\/)(?:\.package-lock\.json|\.modules\.yaml|\.pnpm-workspace-state.*\.json|lock\.yaml)$/;

function digestOf(root: string): string {
  const hash = createHash('sha256');
  for (const file of filesBelow(root)) {
    if (OF_THE_INSTALL.test(file)) continue;
    hash.update(`${file}\0`).update(readFileSync(path.join(root, file)));
  }
  return hash.digest('hex');
}

function filesBelow(root: string): readonly string[] {
  try {
    return readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
      .toSorted();
  } catch {
    return [];
  }
}

function emptyFolder(name: string): string {
  return mkdtempSync(path.join(tmpdir(), `phantom-guard-${name}-`));
}

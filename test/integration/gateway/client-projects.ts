import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { writeFiles } from '../../support/projects.js';
import type { RegistryClient } from '../../support/registry-clients.js';
import type { ProcessRun } from '../../support/run-process.js';
import { emptyFolder } from './support.js';

/** An install with an empty home, and so an empty cache. */
export type ClientInstall = {
  readonly project: string;
  readonly home: string;
  readonly run: ProcessRun;
};

export type Installing = {
  readonly registry: string;
  readonly proxy: string;
  readonly dependencies: Readonly<Record<string, string>>;
  /** Its text; default: there is none yet. */
  readonly lockfile?: string;
};

/** Installs the dependencies into a new project: what the lockfile says, where there is one. */
export async function installWith(
  client: RegistryClient,
  { registry, proxy, dependencies, lockfile }: Installing,
): Promise<ClientInstall> {
  const [project, home] = [emptyFolder('project'), emptyFolder('home')];
  writeFiles(project, {
    'package.json': { name: 'zq-project', version: '1.0.0', dependencies },
    ...client.configuration(registry),
    ...(lockfile === undefined ? {} : { [client.lockfile]: lockfile }),
  });
  const args = lockfile === undefined ? client.install : client.frozen;
  return { project, home, run: await client.run(args, { cwd: project, home, proxy }) };
}

export function readLockfile(client: RegistryClient, { project }: ClientInstall): string {
  return readFileSync(path.join(project, client.lockfile), 'utf8');
}

/** Paths of files below the folder, relative to it. */
function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

/** Files of a package, unpacked or in a cache that goes by names. */
export function filesOf(name: string, { project, home }: ClientInstall): readonly string[] {
  return [project, home].flatMap(filesBelow).filter((file) => file.includes(name));
}

/** What managers write about the install. */
const NOTES =
  /(?:^|\/)(?:\.package-lock\.json|\.modules\.yaml|\.pnpm-workspace-state.*\.json|lock\.yaml|\.package-map\.json|\.yarn-integrity|\.yarn-state\.yml)$/;

/** Path of every file below node_modules with the digest of its bytes. */
export function installed({ project }: ClientInstall): readonly string[] {
  const root = path.join(project, 'node_modules');
  return filesBelow(root)
    .filter((file) => !NOTES.test(file))
    .map((file) => `${file} ${digestOf(path.join(root, file))}`);
}

function digestOf(file: string): string {
  return createHash('sha512').update(readFileSync(file)).digest('hex');
}

/** Whether a person can read the text in what was printed; a box and broken lines don't matter. */
export function hasPrinted({ stdout, stderr }: ProcessRun, text: string): boolean {
  return closed(`${stdout}\n${stderr}`).includes(closed(text));
}

const closed = (text: string): string => text.replace(/[\s│├╰─▶➤]+/g, '');

import { existsSync } from 'node:fs';
import path from 'node:path';
import { findProgram, isShim } from '../wrap/real-npm.js';
import { type Change, type FileChange, fileChange, type Plan } from './change.js';
import { fishEnvironment, fishStartText, isOurFile, posixCommand, posixEnvironment } from './env-files.js';
import { planGuard, unplanGuard } from './guard-copy.js';
import type { RunningPackage } from './package-root.js';
import { type Places, placesOf } from './places.js';
import { assertWritable } from './quote.js';
import { readBytes } from './read-bytes.js';
import { OWN_NAME, ownText, SHIMS, shimText } from './shims.js';
import { fishStartFile, startFiles } from './start-files.js';
import { addStartLines, removeStartLines } from './start-lines.js';
import { planScriptShell, unplanScriptShell } from './user-npmrc.js';

type Env = Readonly<Record<string, string | undefined>>;

const PROGRAM_MODE = 0o755;
/** Shells run what is in these: nobody else may write them, whatever the umask. */
const SHELL_FILE_MODE = 0o644;

/** What `init --global` would change: the user's install, shims, environment, script gate and start files. */
export async function planGlobal(env: Env, running: RunningPackage): Promise<Plan> {
  const places = placesOf(env);
  assertWritable(places.home);
  const hasPnpm = await isOnPath('pnpm', env);
  return {
    changes: [
      ...(await planGuard(running, places.guard)),
      ...(await planShims(places, hasPnpm)),
      ...(await planEnvironment(places, env)),
      ...(await planScriptShell(places, env)),
      ...(await planStartFiles(places, env)),
    ],
    emptied: [],
    notes: [
      ...(hasPnpm
        ? []
        : ['There is no pnpm on the PATH, so none is guarded. Run this again when you have one.']),
      `Open a new shell, or run: . "${places.shellFile}"${fishStartFile(env) === null ? '' : ` (fish: source "${places.fishFile}")`}. Then: phantom-guard-install doctor`,
    ],
  };
}

/** What takes all of it out again, in the opposite order. */
export async function unplanGlobal(env: Env): Promise<Plan> {
  const places = placesOf(env);
  const folders = ['pinned', 'gate'].map((name) => path.join(places.home, name));
  return {
    changes: [
      ...(await unplanStartFiles(env)),
      ...(await unplanScriptShell(places, env)),
      ...(await unplanFiles([places.shellFile, places.fishFile], isOurFile)),
      ...(await unplanShims(places)),
      ...unplanGuard(places.guard),
      ...folders.filter((folder) => existsSync(folder)).map(removal),
    ],
    emptied: [places.shims, path.dirname(places.guard), places.home],
    notes: ['Shells that are open keep their PATH; "hash -r" or a new shell finds the plain npm again.'],
  };
}

function removal(folder: string): Change {
  return { kind: 'folder', path: folder, source: null, files: [] };
}

/** A manager that is not there gets no shim: programs take a name on the PATH for one that is. */
async function planShims({ shims, guard }: Places, hasPnpm: boolean): Promise<readonly FileChange[]> {
  const wanted = SHIMS.filter(({ name }) => hasPnpm || !name.startsWith('pnp'));
  const texts = [
    ...wanted.map((shim) => [shim.name, shimText(shim, guard, shims)] as const),
    [OWN_NAME, ownText(guard)] as const,
  ];
  const changes = texts.map(async ([name, text]) => {
    const file = path.join(shims, name);
    return fileChange(file, await readBytes(file), Buffer.from(text), PROGRAM_MODE);
  });
  return (await Promise.all(changes)).flat();
}

async function isOnPath(name: 'pnpm', env: Env): Promise<boolean> {
  return await findProgram(name, env).then(
    () => true,
    () => false,
  );
}

async function unplanShims({ shims }: Places): Promise<readonly FileChange[]> {
  const changes = [...SHIMS.map(({ name }) => name), OWN_NAME].map(async (name) => {
    const file = path.join(shims, name);
    return (await isShim(file)) ? fileChange(file, await readBytes(file), null) : [];
  });
  return (await Promise.all(changes)).flat();
}

async function planEnvironment(places: Places, env: Env): Promise<readonly FileChange[]> {
  const files = [
    [places.shellFile, posixEnvironment(places, env)],
    [places.fishFile, fishEnvironment(places, env)],
  ] as const;
  const changes = files.map(async ([file, text]) =>
    fileChange(file, await readBytes(file), Buffer.from(text), SHELL_FILE_MODE),
  );
  return (await Promise.all(changes)).flat();
}

async function planStartFiles(places: Places, env: Env): Promise<readonly FileChange[]> {
  const command = posixCommand(places);
  const changes = startFiles(env).map(async ({ path: file, places: at }) => {
    const bytes = await readBytes(file);
    return fileChange(file, bytes, addStartLines(bytes, command, at), SHELL_FILE_MODE);
  });
  const fish = fishStartFile(env);
  const fishChange =
    fish === null
      ? []
      : fileChange(fish, await readBytes(fish), Buffer.from(fishStartText(places)), SHELL_FILE_MODE);
  return [...(await Promise.all(changes)).flat(), ...fishChange];
}

async function unplanStartFiles(env: Env): Promise<readonly FileChange[]> {
  const fish = fishStartFile(env);
  const changes = startFiles(env).map(async ({ path: file }) => {
    const bytes = await readBytes(file);
    return fileChange(file, bytes, removeStartLines(bytes));
  });
  return [
    ...(await Promise.all(changes)).flat(),
    ...(await unplanFiles(fish === null ? [] : [fish], isOurFile)),
  ];
}

async function unplanFiles(
  files: readonly string[],
  isOurs: (bytes: Buffer) => boolean,
): Promise<readonly FileChange[]> {
  const changes = files.map(async (file) => {
    const bytes = await readBytes(file);
    return bytes !== null && isOurs(bytes) ? fileChange(file, bytes, null) : [];
  });
  return (await Promise.all(changes)).flat();
}

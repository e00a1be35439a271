import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** What V8's coverage says about a process, as far as it is read here. */
type Coverage = { readonly result: readonly { readonly url: string }[] };

/** Bytes of every file that a command of the guard loads as code, largest first. */
export function loadedFiles(args: readonly string[], scratch: string): ReadonlyMap<string, number> {
  const env = { ...process.env, NODE_V8_COVERAGE: scratch };
  spawnSync(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const urls = readdirSync(scratch)
    .filter((file) => file.startsWith('coverage-'))
    .flatMap((file) => (JSON.parse(readFileSync(path.join(scratch, file), 'utf8')) as Coverage).result)
    .map(({ url }) => url)
    .filter((url) => url.startsWith('file:'));
  const files = [...new Set(urls)].map((url) => fileURLToPath(url));
  return new Map(files.map((file) => [file, statSync(file).size] as const).toSorted(([, a], [, b]) => b - a));
}

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = path.resolve(import.meta.dirname, '../../src');

/** The folders of src that each step may import from, beside itself, `model`, `inputs` and `errors`. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  model: [],
  inputs: [],
  remember: ['cache'],
  tree: [],
  lockfile: ['tree'],
  specs: [],
  landed: ['lockfile'],
  gate: ['landed', 'lockfile'],
  registry: [],
  pool: ['registry'],
  cache: [],
  store: ['cache'],
  feeds: ['registry', 'cache'],
  names: [],
  context: [],
  signals: ['score'],
  score: [],
  policy: ['score', 'signals'],
  report: ['tree', 'policy', 'score'],
  config: ['policy'],
  since: ['lockfile'],
  mentions: ['since', 'wrap'],
  pnpmfile: ['lockfile'],
  wrap: ['lockfile'],
  'wrap-pnpm': ['lockfile', 'wrap'],
  wiring: ['config', 'lockfile', 'wrap', 'wrap-pnpm'],
  doctor: ['config', 'lockfile', 'registry', 'report', 'wiring', 'wrap'],
  shell: ['wrap', 'wrap-pnpm'],
  agent: ['report'],
  overrides: ['report'],
  selftest: ['doctor', 'registry', 'report', 'wiring', 'wrap'],
  mcp: ['names', 'report'],
};

/** Packages that cost start-up time, and the only files that may name them. */
const HEAVY: Readonly<Record<string, RegExp>> = {
  '@redis/client': /^store\//,
  socks: /^registry\//,
  unbash: /^shell\//,
  piscina: /^(?:names|pool)\//,
  undici: /^registry\//,
  cacache: /^cache\//,
  'csv-parse': /^feeds\//,
  'csv-parse/sync': /^feeds\//,
  '@npmcli/config': /^registry\//,
  '@pnpm/lockfile-file': /^lockfile\//,
  'js-yaml': /^lockfile\//,
  valibot: /^config\//,
  '@modelcontextprotocol/server': /^mcp\//,
  '@modelcontextprotocol/server/stdio': /^mcp\//,
  zod: /^mcp\//,
  'jsonc-parser': /^(?:config|mentions|wiring)\//,
  '@lezer/javascript': /^mentions\//,
  '@lezer/markdown': /^mentions\//,
  '@lezer/yaml': /^mentions\//,
};

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, imports: importsOf(readFileSync(path.join(SRC, file), 'utf8')) }));

function importsOf(source: string): string[] {
  return [...source.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
}

function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : '';
}

describe('the import rules of the project', () => {
  it('are kept by every step of the pipeline', () => {
    const offences = files.flatMap(({ file, imports }) => {
      const folder = folderOf(file);
      const allowed = ALLOWED[folder];
      if (allowed === undefined) return [];
      return imports
        .filter((target) => target.startsWith('.'))
        .map((target) => path.posix.normalize(path.posix.join(path.posix.dirname(file), target)))
        .filter(
          (target) =>
            target !== 'errors.js' && ![folder, 'model', 'inputs', ...allowed].includes(folderOf(target)),
        )
        .map((target) => `${file} imports ${target}`);
    });
    expect(offences).toEqual([]);
  });

  it('let a heavy package be named only where it is used', () => {
    const offences = files.flatMap(({ file, imports }) =>
      imports
        .filter((target) => HEAVY[target]?.test(file) === false)
        .map((target) => `${file} imports ${target}`),
    );
    expect(offences).toEqual([]);
  });

  it('cover every folder of src', () => {
    const folders = new Set(files.map(({ file }) => folderOf(file)).filter((folder) => folder !== ''));
    expect([...folders].filter((folder) => ALLOWED[folder] === undefined)).toEqual(['api', 'cli', 'gateway']);
  });
});

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { writeProject } from '../support/projects.js';

const CHUNKS = readdirSync('dist/chunks');

function chunk(name: string): string {
  const found = CHUNKS.filter((file) => new RegExp(`^${name}-.{8}\\.js$`).test(file));
  if (found.length !== 1) throw new Error(`${found.length} chunks are called ${name}`);
  return `dist/chunks/${found[0]}`;
}

/** The files that Node loads with these, before any of them runs. */
function loadedWith(files: readonly string[], seen = new Set<string>()): Set<string> {
  for (const file of files.filter((one) => !seen.has(one))) {
    seen.add(file);
    const imported = [...readFileSync(file, 'utf8').matchAll(/\b(?:import|from)\s*"(\.[^"]+)"/g)];
    loadedWith(
      imported.map(([, target = '']) => path.join(path.dirname(file), target)),
      seen,
    );
  }
  return seen;
}

/** The packages that are bundled into these files. */
function packagesIn(files: readonly string[]): readonly string[] {
  // The bundler's own file has no sources.
  const sources = files
    .filter((file) => existsSync(`${file}.map`))
    .flatMap((file) => (JSON.parse(readFileSync(`${file}.map`, 'utf8')) as { sources: string[] }).sources);
  const packages = sources.map((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1]);
  return [...new Set(packages)].filter((name) => name !== undefined).toSorted();
}

/** The files of dist/ that `check` runs for a project with this lockfile. */
function filesOfCheck(lockfile: string): readonly string[] {
  const project = writeProject({ 'package.json': {}, 'pnpm-lock.yaml': lockfile });
  const coverage = mkdtempSync(path.join(tmpdir(), 'phantom-guard-coverage-'));
  const args = ['dist/cli.js', 'check', project, '--offline', '--no-cache'];
  const { status, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, NODE_V8_COVERAGE: coverage },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const reports = readdirSync(coverage).map((file) => readFileSync(path.join(coverage, file), 'utf8'));
  const results = reports.flatMap((text) => (JSON.parse(text) as { result: { url: string }[] }).result);
  return results.flatMap(({ url }) => (url.includes('/dist/') ? [fileURLToPath(url)] : []));
}

describe('a verdict that is remembered', () => {
  it.each([
    ['check', ['dist/cli.js', chunk('run-check')]],
    ['the hook of pnpm', ['dist/pnpm-hook.js']],
  ])('is found by %s with a few small files', (_, entries) => {
    const loaded = [...loadedWith(entries)];
    expect(loaded).toContain(chunk('start'));
    expect(loaded.length).toBeLessThanOrEqual(4);
    expect(loaded.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThan(50_000);
  });
});

describe('a tree that is judged from what is known offline', () => {
  it('brings neither HTTP nor the cache, YAML nor the configuration of npm before they are needed', () => {
    const loaded = [...loadedWith(['dist/cli.js', chunk('run-check'), chunk('judge')])];
    expect(packagesIn(loaded)).toEqual([]);
  });
});

describe('the MCP server', () => {
  it('and its SDK are in one file that nothing else loads, without the libraries of HTTP servers', () => {
    const others = CHUNKS.map((file) => `dist/chunks/${file}`).filter((file) => file !== chunk('run-mcp'));
    const ofSdk = (name: string) => name === 'zod' || name.startsWith('@modelcontextprotocol/');
    expect(packagesIn([chunk('run-mcp')])).toEqual([
      '@modelcontextprotocol/core',
      '@modelcontextprotocol/server',
      'zod',
    ]);
    expect(packagesIn(others).filter(ofSdk)).toEqual([]);
    expect(loadedWith(['dist/cli.js', 'dist/index.js'])).not.toContain(chunk('run-mcp'));
  });
});

describe('a pnpm-lock.yaml', () => {
  const LOCK = `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      is-odd:
        specifier: ^3.0.1
        version: 3.0.1

packages:

  is-odd@3.0.1:
    resolution: {integrity: sha512-x}
    engines: {node: '>=4'}

snapshots:

  is-odd@3.0.1: {}
`;
  const yamlOf = (text: string): readonly string[] =>
    packagesIn(filesOfCheck(text)).filter((name) => /yaml|^@pnpm\//.test(name));

  it('is read without a YAML library as pnpm writes it', () => {
    expect(yamlOf(LOCK)).toEqual([]);
  });

  it('is read by pnpm’s own reader as somebody else writes it', () => {
    expect(yamlOf(`${LOCK}# a note\n`)).toContain('@pnpm/lockfile-file');
  });
});

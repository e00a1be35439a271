import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { fakeIo } from '../../support/fake-io.js';
import { writeProject } from '../../support/projects.js';
import { type ScriptedProgram, scriptedProgram } from '../../support/scripted-program.js';
import { startTarballRegistry, type TarballRegistry } from '../../support/tarball-registry.js';
import { healthy, temporary } from './support.js';

const GOOD = 'zq-scripted-good';
const MANIFEST = { name: 'project', version: '1.0.0', dependencies: { [GOOD]: '1.11.0' } };
let registry: TarballRegistry;
beforeAll(async () => {
  registry = await startTarballRegistry([healthy(GOOD)]);
});
afterAll(() => registry.close());

function lockfile(version = '1.11.0') {
  const { resolved, integrity } = registry.lockEntry(GOOD, version);
  const entry = { version, resolved, integrity };
  const packages = { '': MANIFEST, [`node_modules/${GOOD}`]: entry };
  return { name: 'project', version: '1.0.0', lockfileVersion: 3, requires: true, packages };
}

/**
 * An npm that resolves to a lockfile of that package, whatever is asked, and then does `more`; `$files` has texts for it.
 */
function resolvingNpm(more: string, files: Readonly<Record<string, string | object>> = {}): ScriptedProgram {
  const texts = writeProject({ 'lock.json': lockfile(), ...files });
  return scriptedProgram(
    'npm',
    `files='${texts}'
case "$*" in
  *--package-lock-only*) cp "$files/lock.json" package-lock.json; exit 0;;
esac
${more}`,
  );
}

async function run(words: readonly string[], npm: ScriptedProgram, cwd: string) {
  const { io, stderr } = fakeIo({
    cwd,
    env: {
      PATH: `${npm.folder}:${process.env['PATH']}`,
      npm_config_registry: registry.url,
      PHANTOM_GUARD_CACHE_DIR: path.join(temporary(), 'guard'),
    },
  });
  const { status } = await main(['--downloads-url', 'none', '--no-data', ...words], io);
  return { status, stderr: stderr() };
}

const project = (files: Readonly<Record<string, string | object>> = {}) =>
  writeProject({ 'package.json': MANIFEST, ...files });
const read = (dir: string, file: string) => readFileSync(path.join(dir, file), 'utf8');
const wordsOf = ({ runs }: ScriptedProgram) => runs().map((one) => one.slice(one.indexOf(': ') + 2));

describe('a project on which npm does something else', () => {
  it('loses what was not judged, and gets its files back', async () => {
    const hidden = { packages: { [`node_modules/${GOOD}`]: { version: '1.10.0' } } };
    const npm = resolvingNpm(
      `mkdir -p 'node_modules/${GOOD}'; cp "$files/hidden.json" node_modules/.package-lock.json; echo '{}' > package.json`,
      { 'hidden.json': hidden },
    );
    const dir = project();
    const before = read(dir, 'package.json');
    const { status, stderr } = await run(['npm', 'install'], npm, dir);
    expect(status).toBe(1);
    expect(stderr).toContain(`node_modules/${GOOD} has version 1.10.0, judged was 1.11.0; it was removed\n`);
    expect([read(dir, 'package.json'), existsSync(path.join(dir, 'package-lock.json'))]).toEqual([
      before,
      false,
    ]);
    expect(existsSync(path.join(dir, 'node_modules', GOOD))).toBe(false);
  });

  it('gets its lockfile back where npm fails, unless npm has written another', async () => {
    const old = `${JSON.stringify(lockfile())}\n\n`;
    const failed = project({ 'package-lock.json': old });
    expect((await run(['npm', 'install'], resolvingNpm('exit 5'), failed)).status).toBe(5);
    expect(read(failed, 'package-lock.json')).toBe(old);
    const changed = project({ 'package-lock.json': old });
    const own = resolvingNpm('echo own > package-lock.json; exit 5');
    expect((await run(['npm', 'install'], own, changed)).status).toBe(5);
    expect(read(changed, 'package-lock.json')).toBe('own\n');
  });

  it('keeps what was installed where only the tests after it fail', async () => {
    const dir = project();
    const npm = resolvingNpm('mkdir -p node_modules; echo "{}" > node_modules/.package-lock.json; exit 1');
    expect((await run(['npm', 'install-test'], npm, dir)).status).toBe(1);
    expect(JSON.parse(read(dir, 'package-lock.json'))).toEqual(lockfile());
  });

  it('is not installed into when it changed meanwhile', async () => {
    for (const words of [
      ['npm', 'install'],
      ['npm', 'install', '--no-save'],
    ]) {
      const dir = project();
      const npm = scriptedProgram(
        'npm',
        `echo '{}' > '${dir}/package.json'; echo '${JSON.stringify(lockfile())}' > package-lock.json`,
      );
      const { status, stderr } = await run(words, npm, dir);
      expect([status, stderr, npm.runs().length]).toEqual([
        2,
        expect.stringContaining('(PROJECT_CHANGED)'),
        1,
      ]);
      expect(read(dir, 'package.json')).toBe('{}\n');
    }
  });

  it('without a lockfile is left to npm ci itself, which refuses it', async () => {
    const npm = scriptedProgram('npm', 'exit 7');
    const { status } = await run(['npm', 'ci'], npm, project());
    expect([status, wordsOf(npm)]).toEqual([7, ['ci']]);
  });

  it('that saves no lockfile is installed from a registry of the judged versions', async () => {
    const npm = resolvingNpm('exit 0');
    const dir = project();
    expect((await run(['npm', 'install', '--no-package-lock'], npm, dir)).status).toBe(0);
    expect(wordsOf(npm).at(-1)).toMatch(/--registry=http:\/\/127\.0\.0\.1:\d+\/\S+ .*--allow-remote=all/);
    expect(existsSync(path.join(dir, 'package-lock.json'))).toBe(false);
  });
});

describe('an update of all global packages', () => {
  const listing = (text: string, status = 0) =>
    resolvingNpm(`case "$*" in ls*) cat "$files/ls.json"; exit ${status};; esac`, { 'ls.json': text });

  it('is judged, and knows no version beside the judged ones', async () => {
    const npm = listing(JSON.stringify({ dependencies: { [GOOD]: {}, 'zq-other': {} } }), 1);
    expect((await run(['npm', 'update', '-g'], npm, project())).status).toBe(0);
    const [listed, resolved, installed] = wordsOf(npm);
    expect(listed).toBe('ls --global --json --depth=0');
    expect(resolved).toContain(`install ${GOOD}@latest zq-other@latest`);
    expect(installed).toMatch(/^update -g .*--registry=http:\/\/127\.0\.0\.1:\d+\//);
  });

  it('is left to npm where there are none', async () => {
    for (const text of ['{}', '{"dependencies":{}}']) {
      const npm = listing(text);
      expect((await run(['npm', 'update', '-g'], npm, project())).status).toBe(0);
      expect(wordsOf(npm)).toEqual(['ls --global --json --depth=0', 'update -g']);
    }
  });

  it.each([
    ['{}', 3, 3],
    ['not json', 0, 1],
    ['not json', 4, 4],
  ])('is not begun where npm can not list them: %s, status %i', async (text, ended, expected) => {
    const npm = listing(text, ended);
    expect((await run(['npm', 'update', '-g'], npm, project())).status).toBe(expected);
    expect(npm.runs().length).toBe(1);
  });
});

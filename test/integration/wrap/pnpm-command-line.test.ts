import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { fakeIo } from '../../support/fake-io.js';
import { writeProject } from '../../support/projects.js';
import { type ScriptedProgram, scriptedProgram } from '../../support/scripted-program.js';
import { startTarballRegistry, type TarballRegistry } from '../../support/tarball-registry.js';
import { healthy } from './support.js';

const GOOD = 'zq-command-good';
const BAD = 'zq-command-bad';
const SILENT = ['--downloads-url', 'none', '--no-data'];
let registry: TarballRegistry;
beforeEach(async () => {
  const bad = { name: BAD, ageDays: 1, versions: { '1.0.0': {} }, repository: null };
  registry = await startTarballRegistry([healthy(GOOD), bad]);
});
afterEach(() => registry.close());

/** Pins that package, with the integrity that the registry publishes. */
function lockfile(name: string, version: string): string {
  const { integrity } = registry.lockEntry(name, version);
  const line = `{specifier: ${version}, version: ${version}}`;
  return [
    "lockfileVersion: '9.0'",
    `importers:\n  .:\n    dependencies:\n      ${name}: ${line}`,
    `packages:\n  ${name}@${version}:\n    resolution: {integrity: ${integrity}}`,
    `snapshots:\n  ${name}@${version}: {}\n`,
  ].join('\n');
}

/** A pnpm with these settings that resolves to that lockfile. */
function pnpmOf(settings: object, resolved: string, more = ''): ScriptedProgram {
  const files = writeProject({ 'settings.json': settings, 'pnpm-lock.yaml': resolved });
  return scriptedProgram(
    'pnpm',
    `case "$*" in
  *'config list --json') cat '${files}/settings.json'; exit 0;;
  *--lockfile-only*)
    grep -q dependencies package.json || echo '{"dependencies":{"${GOOD}":"1.11.0"}}' > package.json
    cp '${files}/pnpm-lock.yaml' .;;
esac
${more}`,
  );
}

async function run(words: readonly string[], pnpm: ScriptedProgram, cwd: string) {
  const cache = mkdtempSync(path.join(tmpdir(), 'phantom-guard-cache-'));
  const env = { PATH: `${pnpm.folder}:${process.env['PATH']}`, PHANTOM_GUARD_CACHE_DIR: cache };
  const fake = fakeIo({ cwd, env });
  const { status } = await main([...SILENT, ...words], fake.io);
  return { status, stdout: fake.stdout(), stderr: fake.stderr(), cache };
}

const wordsOf = ({ runs }: ScriptedProgram) => runs().map((one) => one.slice(one.indexOf(': ') + 2));
const project = () => writeProject({ 'package.json': { name: 'project', version: '1.0.0' } });

describe('the wrapped command line of pnpm', () => {
  it('judges by the registry that pnpm names, and installs what is beyond doubt', async () => {
    const pnpm = pnpmOf({ registry: registry.url }, lockfile(GOOD, '1.11.0'));
    const dir = project();
    const { status, stdout, stderr } = await run(['pnpm', 'add', GOOD], pnpm, dir);
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toContain('allowed: 1 package judged');
    expect(registry.requests.some(({ path: asked }) => asked === `/${GOOD}`)).toBe(true);
    expect(readFileSync(path.join(dir, 'pnpm-lock.yaml'), 'utf8')).toBe(lockfile(GOOD, '1.11.0'));
  });

  it('does not let pnpm resolve a name that is refused', async () => {
    const pnpm = pnpmOf({ registry: registry.url }, lockfile(BAD, '1.0.0'));
    const { status, stdout, stderr } = await run(['pnpm', 'add', BAD], pnpm, project());
    expect([status, stdout, wordsOf(pnpm)]).toEqual([1, '', ['config list --json']]);
    expect(stderr).toContain(`BLOCKED  ${BAD}`);
    expect(stderr).toContain('nothing was installed, and the project is as it was');
  });

  it('refuses what a good name brings with it', async () => {
    const pnpm = pnpmOf({ registry: registry.url }, lockfile(BAD, '1.0.0'));
    const dir = project();
    const { status, stderr } = await run(['pnpm', 'add', GOOD], pnpm, dir);
    expect([status, existsSync(path.join(dir, 'pnpm-lock.yaml'))]).toEqual([1, false]);
    expect(stderr).toContain(`BLOCKED  ${BAD}`);
  });

  it('lets the command line choose the registry', async () => {
    const pnpm = pnpmOf({ registry: 'http://127.0.0.1:9/' }, lockfile(GOOD, '1.11.0'));
    const { status } = await run(['pnpm', 'add', GOOD, `--registry=${registry.url}`], pnpm, project());
    expect([status, wordsOf(pnpm)[0]]).toEqual([0, `--config.registry=${registry.url} config list --json`]);
  });

  it('tells what pnpm says where it does not give its settings, and does nothing', async () => {
    const pnpm = scriptedProgram('pnpm', 'echo bad .npmrc; exit 3');
    const { status, stderr } = await run(['pnpm', 'install'], pnpm, project());
    expect([status, stderr, pnpm.runs().length]).toEqual([3, 'bad .npmrc\n', 1]);
  });

  it('asks pnpm nothing for a command that installs nothing', async () => {
    const pnpm = scriptedProgram('pnpm', 'exit 6');
    const { status } = await run(['pnpm', 'list'], pnpm, project());
    expect([status, wordsOf(pnpm)]).toEqual([6, ['list']]);
  });

  it('works in the folder of -C, and in the workspace around it', async () => {
    const pnpm = pnpmOf({ registry: registry.url }, lockfile(GOOD, '1.11.0'));
    const root = writeProject({
      'pnpm-workspace.yaml': 'packages: [packages/*]\n',
      'package.json': { name: 'root', dependencies: { [GOOD]: '1.11.0' } },
      'pnpm-lock.yaml': lockfile(GOOD, '1.11.0'),
      'packages/one/package.json': { name: 'one', version: '1.0.0', dependencies: {} },
    });
    const { status } = await run(['pnpm', '-C', 'packages/one', 'install', '--frozen-lockfile'], pnpm, root);
    expect([status, pnpm.runs().at(-1)]).toEqual([
      0,
      `${path.join(root, 'packages/one')}: install --frozen-lockfile`,
    ]);
  });

  it('gives pnpx the registries of the project', async () => {
    const settings = { registry: registry.url, '@invented:registry': 'http://127.0.0.1:9/' };
    const pnpm = pnpmOf(settings, lockfile(GOOD, '1.11.0'), 'exit 8');
    const { status } = await run(['pnpx', GOOD], pnpm, project());
    expect(status).toBe(8);
    expect(wordsOf(pnpm)[1]).toBe(
      `add ${GOOD} --config.registry=${registry.url} --config.@invented:registry=http://127.0.0.1:9/ --lockfile-only --ignore-scripts -w`,
    );
  });

  it('installs globally where a setting of pnpm 11 says so, and shows pnpm no other version', async () => {
    const out = path.join(writeProject({}), 'versions.json');
    const look = `fetch(process.argv[1] + '${GOOD}').then((r) => r.json()).then((d) => fs.writeFileSync('${out}', JSON.stringify(Object.keys(d.versions))))`;
    const more = `case "$*" in
  'root -g') pwd; exit 0;;
  --config.registry=*add*) word=\${1#--config.registry=}; exec '${process.execPath}' -e "${look}" "$word";;
esac`;
    const settings = { registry: registry.url, global: true, userAgent: 'pnpm/11.0.0' };
    const pnpm = pnpmOf(settings, lockfile(GOOD, '1.11.0'), more);
    const { status } = await run(['pnpm', 'add', GOOD], pnpm, writeProject({}));
    expect(status).toBe(0);
    expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(['1.11.0']);
  });

  it('does not serve what would lead to another lockfile', async () => {
    const pnpm = pnpmOf({ registry: registry.url, 'git-branch-lockfile': true }, '');
    const { status, stderr } = await run(['pnpm', 'install'], pnpm, project());
    expect([status, pnpm.runs().length]).toEqual([2, 1]);
    expect(stderr).toContain('git-branch-lockfile=true is not served by this version (NOT_YET)');
  });

  it('can not decide without a pnpm', async () => {
    const fake = fakeIo({ cwd: project(), env: { PATH: writeProject({}) } });
    expect((await main(['pnpm', 'install'], fake.io)).status).toBe(2);
    expect([fake.stdout(), fake.stderr()]).toEqual(['', expect.stringContaining('(NO_MANAGER)')]);
  });
});

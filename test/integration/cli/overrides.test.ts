import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { overrideLogPath } from '../../../src/overrides/override-log.js';
import { fakeIo } from '../../support/fake-io.js';
import { type FakeRegistry, packument, startFakeRegistry } from '../../support/fake-registry.js';
import { writeProject } from '../../support/projects.js';

const NAME = 'zq-override-widget';
const FRESH = new Date(Date.now() - 2 * 86_400_000).toISOString();
const squat = packument({ name: NAME, created: FRESH, versions: { '1.0.0': FRESH }, repository: null });

let registry: FakeRegistry | null = null;
afterEach(async () => {
  await registry?.close();
  registry = null;
});

type Options = {
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly answer?: string;
};

async function run(words: readonly string[], { home, env = {}, answer }: Options) {
  await registry?.close();
  registry = await startFakeRegistry({ packages: { [NAME]: squat }, allowUnused: true });
  const isTTY = answer !== undefined;
  const cwd = writeProject({});
  const fake = fakeIo({
    cwd,
    env: { HOME: home, USER: 'ada', ...env },
    isTTY,
    ...(isTTY ? { stdin: answer } : {}),
  });
  const stdin = Object.assign(fake.io.stdin, { isTTY });
  const where = ['--registry', registry.url, '--downloads-url', 'none', '--no-cache'];
  const { status } = await main([...words, ...where], { ...fake.io, stdin, home });
  const isWritten = existsSync(path.join(cwd, 'phantom-guard.config.json'));
  return { status, stdout: fake.stdout(), stderr: fake.stderr(), isWritten };
}

const ACCEPT = ['accept', NAME, '--reason', 'read it'];

function log(home: string): readonly Record<string, unknown>[] {
  const file = overrideLogPath({ env: {}, home });
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('accept', () => {
  it('goes on without a terminal for scripts, and is logged', async () => {
    const home = writeProject({});
    expect(await run(ACCEPT, { home })).toMatchObject({ status: 0, isWritten: true });
    expect(log(home)).toMatchObject([
      {
        user: 'ada',
        command: 'accept',
        names: [`${NAME}@1.0.0`],
        reason: 'read it',
        confirmed: false,
        agent: null,
        outcome: 'done',
      },
    ]);
    expect(statSync(overrideLogPath({ env: {}, home })).mode & 0o077).toBe(0);
  });

  it('is refused to a coding agent without a terminal, with the entry for a reviewer', async () => {
    const home = writeProject({});
    const { status, stderr, isWritten } = await run([...ACCEPT, '--yes'], { home, env: { CLAUDECODE: '1' } });
    expect([status, isWritten]).toEqual([2, false]);
    expect(stderr).toContain('USAGE');
    expect(stderr).toContain(`"name":"${NAME}"`);
    expect(log(home)).toMatchObject([{ outcome: 'refused', agent: 'Claude Code' }]);
  });

  it.each([
    ['y\n', 0, true],
    ['n\n', 2, false],
    ['', 2, false],
  ])('asks at a terminal, whatever the options say: %j', async (answer, status, isWritten) => {
    const home = writeProject({});
    expect(await run([...ACCEPT, '--yes'], { home, answer })).toMatchObject({ status, isWritten });
    expect(log(home).length).toBe(isWritten ? 1 : 0);
  });

  it('adds to the log and changes nothing in it', async () => {
    const home = writeProject({});
    await run(ACCEPT, { home });
    const first = readFileSync(overrideLogPath({ env: {}, home }), 'utf8');
    await run(ACCEPT, { home });
    expect(readFileSync(overrideLogPath({ env: {}, home }), 'utf8').startsWith(first)).toBe(true);
    expect(log(home)).toHaveLength(2);
  });

  it('says where the log can’t be written', async () => {
    const home = writeProject({ '.local/state': 'a file' });
    const { status, stderr } = await run(ACCEPT, { home });
    expect(status).toBe(0);
    expect(stderr).toContain('log of overrides');
  });
});

describe('doctor', () => {
  it('shows the log', async () => {
    const home = writeProject({});
    for (let round = 0; round < 7; round += 1) await run(ACCEPT, { home });
    const file = overrideLogPath({ env: {}, home });
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `${readFileSync(file, 'utf8')}by hand\n`);
    const text = (await run(['doctor'], { home })).stdout;
    expect(text).toContain('2 earlier');
    expect(text).toContain('1 lines that this program did not write');
    const json = JSON.parse((await run(['doctor', '--format', 'json'], { home })).stdout) as {
      overrides: { entries: unknown[] };
    };
    expect(json.overrides.entries).toHaveLength(7);
  });
});

import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runAnswered } from '../../support/answered-process.js';
import { managerEnv, managers } from '../../support/managers.js';
import { writeFiles } from '../../support/projects.js';
import { type RegistryClient, registryClients } from '../../support/registry-clients.js';
import { buildPlugin, verdaccios } from '../../support/verdaccio.js';
import { type AuditedWorlds, startAuditedWorlds } from './audited-worlds.js';
import { emptyFolder, HEALTHY, SQUAT } from './support.js';

const { programs, skipped } = verdaccios();
const program = programs.at(-1);
const npm = managers().managers.find(({ major }) => major === 11);
const { clients, skipped: absent } = registryClients();
for (const reason of [...skipped, ...absent]) it.skip(reason);

/** The newest of `npm 11`, `bun`, … */
const clientOf = (name: string): RegistryClient | undefined =>
  clients.findLast(({ title }) => title.startsWith(`${name}${name === 'bun' ? ' ' : '.'}`));

/** A project with its client and what that keeps at home. */
type Place = {
  readonly client: RegistryClient;
  readonly cwd: string;
  readonly home: string;
  readonly registry: string;
};
type Said = { readonly status: number | null; readonly text: string };

let worlds: AuditedWorlds | undefined;

function placeOf(client: RegistryClient, registry: string, manifest: object): Place {
  const [cwd, home] = [emptyFolder('project'), emptyFolder('home')];
  writeFiles(cwd, { 'package.json': manifest, ...client.configuration(registry) });
  return { client, cwd, home, registry };
}

/** The same place in front of the gateway, and of Verdaccio alone. */
function placesOf(client: RegistryClient, manifest: object): readonly Place[] {
  if (worlds === undefined) throw new Error('nothing has been started');
  const { guarded, alone } = worlds;
  return [guarded, alone].map(({ verdaccio }) => placeOf(client, verdaccio.url, manifest));
}

async function say({ client, cwd, home, registry }: Place, args: readonly string[]): Promise<Said> {
  const { status, stdout, stderr } = await client.run(args, { cwd, home });
  return { status, text: plain(`${stdout}\n${stderr}`, { cwd, home, registry }) };
}

/** Without what differs from run to run: places, times, durations, revisions. */
function plain(text: string, { cwd, home, registry }: Omit<Place, 'client'>): string {
  return text
    .replaceAll(registry, 'REGISTRY/')
    .replaceAll(registry.slice(0, -1), 'REGISTRY')
    .replaceAll(home, 'HOME')
    .replaceAll(cwd, 'PROJECT')
    .replace(/\d{4}-\d\d-\d\dT\d\d[:_]\d\d[:_]\d\d[._]\d{3}Z/g, 'TIME')
    .replace(/\d+-[0-9a-f]{16}/g, 'REVISION')
    .replace(/\b\d+(?:\.\d+)?(?:ms| ?s\b)/g, 'DURATION');
}

/** Runs it in both places; both give the same, and it is what is expected. */
async function expectAlike(
  places: readonly Place[],
  args: readonly string[],
  expected: Expected,
): Promise<void> {
  const [guarded, alone] = await Promise.all(places.map((place) => say(place, args)));
  expect(guarded).toEqual(alone);
  expect(guarded?.status).toBe(expected.status ?? 0);
  expect(guarded?.text).toMatch(expected.text);
}

type Expected = { readonly status?: number; readonly text: RegExp };
type Command = readonly [line: string, expected: Expected];

const OWN = { name: '@zq-own/new', version: '1.0.0', description: 'A tool of the organisation' };
const OF_AN_ORGANISATION: readonly Command[] = [
  ['whoami', { text: /^zq$/m }],
  ['publish', { text: /\+ @zq-own\/new@1\.0\.0/ }],
  ['dist-tag add @zq-own/new@1.0.0 next', { text: /\+next: @zq-own\/new@1\.0\.0/ }],
  ['deprecate @zq-own/new@1.0.0 zq-old', { text: /^/ }],
  ['view @zq-own/new --json', { text: /"next": "1\.0\.0"[\s\S]*"deprecated": "zq-old"/ }],
  ['search @zq-own', { text: /@zq-own\/new/ }],
  [`view ${HEALTHY} --json`, { text: /"latest": "2\.0\.0"/ }],
  ['view zq-nobody-has-this', { status: 1, text: /E404/ }],
  ['unpublish @zq-own/new@1.0.0 --force', { text: /^- @zq-own\/new/ }],
  ['logout', { text: /^/ }],
  ['whoami', { status: 1, text: /ENEEDAUTH/ }],
];

const USING = { name: 'zq-project', version: '1.0.0', dependencies: { [HEALTHY]: '^1.0.0' } };
const FOUND = { status: 1, text: /An invented fault/ };
const OF_A_PROJECT: readonly (readonly [client: string, commands: readonly Command[]])[] = [
  ['npm 11', [['audit', FOUND]]],
  ['pnpm 12', [['audit', FOUND]]],
  ['yarn 1', [[`info ${HEALTHY} versions`, { text: /1\.1\.0/ }]]],
  [
    'yarn 4',
    [
      ['npm audit', FOUND],
      [`npm info ${HEALTHY}`, { text: /2\.0\.0/ }],
    ],
  ],
  [
    'bun',
    [
      ['audit', FOUND],
      [`pm view ${HEALTHY}`, { text: /zq-healthy@2\.0\.0/ }],
      ['outdated', { text: /zq-healthy/ }],
    ],
  ],
];

const TITLE = 'a command through the gateway does as through Verdaccio alone';
describe.skipIf(program === undefined)(TITLE, () => {
  const npmClient = clientOf('npm 11');
  beforeAll(async () => {
    if (program !== undefined) worlds = await startAuditedWorlds(program, buildPlugin());
  });
  afterAll(() => worlds?.close());

  describe.skipIf(npm === undefined || npmClient === undefined)('of npm 11', () => {
    let places: readonly Place[] = [];
    beforeAll(async () => {
      if (npm === undefined || npmClient === undefined) return;
      places = placesOf(npmClient, OWN);
      for (const { cwd, home, registry } of places) {
        const env = managerEnv(npm, { home, registry });
        const { status, output } = await runAnswered(
          npm.node,
          [npm.cli, 'adduser', '--auth-type=legacy'],
          { cwd, env },
          [
            ['Username:', 'zq'],
            ['Password:', 'secret-secret'],
            ['Email', 'zq@example.invalid'],
          ],
        );
        expect(output).toContain('Logged in');
        expect(status).toBe(0);
      }
    });

    it.each(OF_AN_ORGANISATION)('npm %s', async (line, expected) => {
      await expectAlike(places, line.split(' '), expected);
    });

    it('but says why where there is a reason', async () => {
      const [guarded, alone] = await Promise.all(places.map((place) => say(place, ['view', SQUAT])));
      expect([guarded?.status, alone?.status]).toEqual([1, 0]);
      expect(guarded?.text).toContain(`phantom-guard: ${SQUAT} is high-risk`);
    });
  });

  describe.each(OF_A_PROJECT)('of a project of %s', (name, lines) => {
    const client = clientOf(name);
    let places: readonly Place[] = [];
    beforeAll(async () => {
      if (client === undefined) return;
      places = placesOf(client, USING);
      const installs = await Promise.all(places.map((place) => say(place, client.install)));
      expect(installs.map(({ status }) => status)).toEqual([0, 0]);
      for (const { cwd } of places) expect(readdirSync(path.join(cwd, 'node_modules'))).toContain(HEALTHY);
    });

    it.skipIf(client === undefined).each(lines)('%s', async (line, expected) => {
      await expectAlike(places, line.split(' '), expected);
    });
  });
});

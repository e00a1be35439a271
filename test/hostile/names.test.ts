import { afterEach, describe, expect, it } from 'vitest';
import { writeProject } from '../support/projects.js';
import {
  type AttackWorld,
  closeWorlds,
  type Expected,
  expectReport,
  INTEGRITY,
  openWorld,
} from './attack-world.js';
import { NAME_ATTACKS, type NameAttack } from './name-attacks.js';

afterEach(closeWorlds);

type FilesFor = (key: string) => Readonly<Record<string, string>>;

/** Every place where a file holds a name. Of text, given as JSON has it: an object would lose `__proto__`. */
const PLACES: Readonly<Record<string, FilesFor>> = {
  'a package.json': (key) => ({ 'package.json': `{"name":"p","dependencies":{${key}:"*"}}` }),
  'a key of package-lock.json': (key) => ({
    'package-lock.json': packageLock(key, `"node_modules/${key.slice(1)}:{${LOCKED}}`),
  }),
  'a name in package-lock.json': (key) => ({
    'package-lock.json': packageLock('"zq"', `"node_modules/zq":{"name":${key},${LOCKED}}`),
  }),
  'a key of pnpm-lock.yaml': (key) => ({ 'pnpm-lock.yaml': pnpmLock(key, `${key.slice(0, -1)}@1.0.0"`, '') }),
  'a name in pnpm-lock.yaml': (key) => ({
    'pnpm-lock.yaml': pnpmLock('zq', 'zq@1.0.0', `\n    name: ${key}\n    version: 1.0.0`),
  }),
};

const LOCKED = `"version":"1.0.0","integrity":"${INTEGRITY}"`;

function packageLock(direct: string, entry: string): string {
  return `{"lockfileVersion":3,"packages":{"":{"dependencies":{${direct}:"*"}},${entry}}}`;
}

function pnpmLock(key: string, path: string, more: string): string {
  return `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      ${key}:
        specifier: '*'
        version: 1.0.0
packages:
  ${path}:
    resolution: {integrity: ${INTEGRITY}}${more}
snapshots:
  ${path}: {}
`;
}

const MUST = {
  invalid: 'in a file it is undecided under its own name, and nobody is asked',
  asked: 'in a file it is asked for as one part of a path, and blocked where nobody owns it',
  known: 'in a file it is the package of just this spelling, which the bundled names know',
} as const;

const MUST_TYPED = {
  refused: '; typed it is refused as no spec',
  elsewhere: '; typed it is bytes from elsewhere, and listed as not checked',
  same: ', and typed as well',
  option: '',
} as const;

function absentOf({ kind, name }: NameAttack): readonly string[] {
  return kind === 'asked' ? [name] : [];
}

function expectedOf({ kind, name, path = '' }: NameAttack, place: string): Expected {
  // Of what is no dependency path the whole path is the name.
  const named = place === 'a key of pnpm-lock.yaml' ? {} : { name };
  switch (kind) {
    case 'invalid':
      return {
        status: 2,
        error: 'NAME_INVALID',
        packages: [{ ...named, risk: 'unknown', action: 'block' }],
        asked: [],
      };
    case 'asked':
      return { status: 1, packages: [{ name, risk: 'not-found', action: 'block' }], asked: [path] };
    case 'known':
      return { status: 0, asked: [] };
  }
}

async function expectInFiles(one: NameAttack, run: AttackWorld['run']): Promise<void> {
  for (const [place, filesFor] of Object.entries(PLACES)) {
    const ran = await run(['check'], { cwd: writeProject(filesFor(JSON.stringify(one.name))) });
    explained(place, () => expectReport(ran, expectedOf(one, place)));
    if (place !== 'a package.json') continue;
    const codes = ran.report().packages.flatMap(({ signals }) => signals.map(({ code }) => code));
    expect(codes).toEqual(expect.arrayContaining([...(one.signals ?? [])]));
  }
}

async function expectTyped(one: NameAttack, run: AttackWorld['run']): Promise<void> {
  const { name, typed = 'same' } = one;
  if (typed === 'option') return;
  const ran = await run(['validate', name]);
  if (typed === 'same') expect(ran.status).toBe(expectedOf(one, 'validate').status);
  else if (typed === 'refused') {
    expectReport(ran, { status: 2, error: 'SPEC_INVALID', asked: [] });
    expectReport(await run(['explain', name]), { status: 2, error: 'SPEC_INVALID', asked: [] });
  } else expectReport(ran, { status: 0, packages: [], unchecked: ['not judged'], asked: [] });
}

const ROWS = NAME_ATTACKS.map((one) => {
  const { attack, kind, typed = 'same' } = one;
  return [`${attack}: ${MUST[kind]}${MUST_TYPED[typed]}`, one] as const;
});

const LOOK_ALIKES = [
  ['a Cyrillic look-alike', 're\u0430ct', 'react'],
  ['a Greek look-alike', '\u03c1eact', 'react'],
  ['a fullwidth look-alike', '\uff45\uff58press', 'express'],
] as const;

describe('names', () => {
  it.each(ROWS)('%s', async (_, one) => {
    const { run } = await openWorld({ absent: absentOf(one) });
    await expectInFiles(one, run);
    await expectTyped(one, run);
  });

  it('a list of all of these for scan: has a line of JSON for each name, which says whether it could be one', async () => {
    const names = NAME_ATTACKS.filter(
      ({ name }) => /^\S[^\r\n]{1,99}(?<!\s)$/u.test(name) && !/\p{Surrogate}/u.test(name),
    );
    const { run } = await openWorld();
    const words = ['scan', '--workers', '0', '--names', '-'];
    const { status, stdout, asked } = await run(words, { stdin: names.map(({ name }) => name).join('\n') });
    const said = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly name: string; readonly valid: boolean });
    expect([status, asked]).toEqual([0, []]);
    expect(said.map(({ name, valid }) => [name, valid])).toEqual(
      names.map(({ name, kind }) => [name, kind !== 'invalid']),
    );
  });

  it.each(LOOK_ALIKES)(
    '%s for scan: is no name, and the one that it looks like is named',
    async (_, name, imitated) => {
      const { run } = await openWorld();
      const { stdout } = await run(['scan', '--workers', '0', '--names', '-'], { stdin: `${name}\n` });
      expect(JSON.parse(stdout)).toMatchObject({ name, valid: false, findings: [{ imitated }] });
    },
  );
});

/** Says where, in a table whose lines look at several places. */
function explained(where: string, look: () => void): void {
  try {
    look();
  } catch (error) {
    if (error instanceof Error) error.message = `${where}: ${error.message}`;
    throw error;
  }
}

import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWiring } from '../../../src/selftest/read-wiring.js';
import { type Way, waysToTry } from '../../../src/selftest/ways.js';
import { placesOf } from '../../../src/wiring/places.js';
import { writeProject } from '../../support/projects.js';
import { type ScriptedProgram, scriptedProgram } from '../../support/scripted-program.js';
import { temporaryFolder, writeShim } from '../../support/wired-user.js';

const npmOf = (version: string) => scriptedProgram('npm', `echo '${version}'`);
const WAYS = waysToTry(true);

/** A user of that npm, with these files in the home and shims where `init --global` puts them. */
function userOf(
  npm: ScriptedProgram,
  files: Readonly<Record<string, string>> = {},
  shims: readonly string[] = [],
) {
  const home = temporaryFolder('user');
  const env = { HOME: home, PATH: npm.folder };
  const places = placesOf(env);
  mkdirSync(places.shims, { recursive: true });
  for (const name of shims) writeShim(path.join(places.shims, name), name, places.guard);
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(home, name), text);
  return { env, places };
}

const wiringOf = (env: Record<string, string>) => readWiring(temporaryFolder(), env, temporaryFolder());
const way = (kind: Way['kind'], title: string): Way => {
  const found = WAYS.find((one) => one.kind === kind && one.title.includes(title));
  if (found === undefined) throw new Error(title);
  return found;
};

describe('what guards a user', () => {
  it('is the wrapper alone on a machine where nothing is set up', async () => {
    const { npmVersion, hooks, guardsOf } = await wiringOf(userOf(npmOf('11.2.0')).env);
    expect([npmVersion, hooks.isCalled, hooks.file]).toEqual(['11.2.0', false, 'missing']);
    for (const one of WAYS.filter(({ kind }) => kind !== 'hooks'))
      expect(guardsOf(one)).toEqual(one.kind === 'wrapper' ? ['wrapper'] : []);
  });

  it('is the shim that a shell comes to, for the name that it has', async () => {
    const { env, places } = userOf(npmOf('11.2.0'), {}, ['npm']);
    const { guardsOf } = await wiringOf({ ...env, PATH: `${places.shims}:${env.PATH}` });
    expect([guardsOf(way('plain', 'npm ci')), guardsOf(way('plain', 'npx X'))]).toEqual([['shim'], []]);
  });

  it('is also a shim that no shell comes to, behind what does work', async () => {
    const { env, places } = userOf(npmOf('11.2.0'), {}, ['npm']);
    writeFileSync(path.join(env.HOME, '.npmrc'), `script-shell=${places.scriptShell}\n`);
    const { guardsOf } = await wiringOf({ ...env, PATH: `${env.PATH}:${places.shims}` });
    expect(guardsOf(way('plain', 'npm ci'))).toEqual(['script gate', 'shim']);
  });

  it('is the script gate of npm, not of npx, and not with npm 12, which runs no scripts', async () => {
    const guards = async (version: string, title: string) => {
      const { env, places } = userOf(npmOf(version));
      writeFileSync(path.join(env.HOME, '.npmrc'), `script-shell=${places.scriptShell}\n`);
      return (await wiringOf(env)).guardsOf(way('plain', title));
    };
    expect(await guards('11.2.0', 'npm install -g X')).toEqual(['script gate']);
    expect(await guards('11.2.0', 'npx X')).toEqual([]);
    expect(await guards('12.0.0', 'npm ci')).toEqual([]);
    expect(await guards('what?', 'npm ci')).toEqual(['script gate']);
  });

  it('is the hook of a project, for what its files ask for', async () => {
    const { env } = userOf(npmOf('what?'));
    const scripts = { preinstall: 'node .phantom-guard/preinstall.cjs' };
    const project = writeProject({ 'package.json': { scripts }, '.phantom-guard/preinstall.cjs': '' });
    const { npmVersion, hooks, guardsOf } = await readWiring(project, env, temporaryFolder());
    expect([npmVersion, hooks.isCalled, hooks.file]).toEqual([null, true, 'modified']);
    expect(guardsOf(way('hooks', 'npm ci'))).toEqual(['preinstall']);
    expect(guardsOf(way('hooks', 'npm install X'))).toEqual([]);
  });

  it('is nothing that cannot be run', async () => {
    const { env, places } = userOf(npmOf('11.2.0'), {}, ['npx']);
    chmodSync(path.join(places.shims, 'npx'), 0o600);
    const { guardsOf } = await wiringOf({ ...env, PATH: `${places.shims}:${env.PATH}` });
    expect(guardsOf(way('plain', 'npx X'))).toEqual(['shim']);
    const none = userOf(npmOf('11.2.0'));
    await expect(wiringOf({ ...none.env, PATH: none.places.shims })).rejects.toMatchObject({
      code: 'NO_MANAGER',
    });
  });
});

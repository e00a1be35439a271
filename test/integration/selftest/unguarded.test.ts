import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import type { WayResult } from '../../../src/selftest/judge-way.js';
import { placesOf } from '../../../src/wiring/places.js';
import { fakeIo } from '../../support/fake-io.js';
import { writeProject } from '../../support/projects.js';
import { scriptedNpm } from '../../support/scripted-npm.js';
import { temporaryFolder } from '../../support/wired-user.js';

// Its own, since what other files leave there is counted too.
process.env['TMPDIR'] = mkdtempSync(path.join(tmpdir(), 'phantom-guard-own-'));
const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith('phantom-guard-selftest-'));

/** A user whose configuration names a script gate, of which an npm of this version takes no notice. */
function userOf(version: string): Record<string, string> {
  const home = temporaryFolder('user');
  const [npm, npx] = [scriptedNpm('npm', version), scriptedNpm('npx', version)];
  const env = { HOME: home, PATH: `${npm.folder}:${npx.folder}:/usr/bin:/bin` };
  writeFileSync(path.join(home, '.npmrc'), `script-shell=${placesOf(env).scriptShell}\n`);
  return env;
}

function hookedProject(): string {
  return writeProject({
    'package.json': { name: 'hooked', scripts: { preinstall: 'node .phantom-guard/preinstall.cjs' } },
    '.phantom-guard/preinstall.cjs': readFileSync('hooks/preinstall.cjs', 'utf8'),
  });
}

describe('a self-test where npm minds no guard', () => {
  it('fails, and names for every way in what should have stopped it', async () => {
    const before = leftovers();
    const { io, stdout } = fakeIo({ cwd: hookedProject(), env: userOf('10.1.0') });
    const { status } = await main(['selftest', '--format', 'json'], io);
    const document = JSON.parse(stdout()) as {
      status: string;
      npm: { version: string };
      ways: readonly WayResult[];
    };
    expect([status, document.status, document.npm.version]).toEqual([1, 'not-stopped', '10.1.0']);
    const ways = document.ways.map(({ way, level, wired, ok }) => [way, level, wired.join(' and '), ok]);
    expect(ways.slice(2)).toEqual([
      ['npm install X', 'ran', 'script gate', false],
      ['npm install', 'ran', 'script gate', false],
      ['npm ci', 'ran', 'script gate', false],
      ['npx X', 'ran', '', true],
      ['npm install -g X', 'ran', 'script gate', false],
      ['npm install X, hooks of this project', 'ran', 'script gate', false],
      ['npm install, hooks of this project', 'ran', 'script gate and preinstall', false],
      ['npm ci, hooks of this project', 'ran', 'script gate and preinstall', false],
    ]);
    // It wrote no lockfile, so that the wrapper had to refuse the control too.
    expect(document.ways[0]).toMatchObject({ level: 'T0', by: 'wrapper', control: 'refused', ok: false });
    expect(leftovers()).toEqual(before);
  });

  it('decides nothing when it is interrupted, and leaves nothing', async () => {
    const before = leftovers();
    const { io, stderr } = fakeIo({ env: userOf('10.1.0'), signal: AbortSignal.abort() });
    expect((await main(['selftest'], io)).status).toBe(2);
    expect(stderr()).toContain('(INTERRUPTED)');
    expect(leftovers()).toEqual(before);
  });

  it('takes no operand, and needs an npm', async () => {
    const given = fakeIo();
    expect((await main(['selftest', 'npm'], given.io)).status).toBe(2);
    expect(given.stderr()).toContain('(USAGE)');
    const none = fakeIo({ env: { PATH: temporaryFolder() } });
    expect((await main(['selftest'], none.io)).status).toBe(2);
    expect(none.stderr()).toContain('(NO_MANAGER)');
  });
});

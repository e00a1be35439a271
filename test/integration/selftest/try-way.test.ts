import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SelftestRegistry, startRegistry } from '../../../src/selftest/registry.js';
import { SQUAT } from '../../../src/selftest/subjects.js';
import { tryWay } from '../../../src/selftest/try-way.js';
import { type Way, waysToTry } from '../../../src/selftest/ways.js';
import { writeProject } from '../../support/projects.js';
import { type Reach, scriptedNpm } from '../../support/scripted-npm.js';
import { scriptedProgram } from '../../support/scripted-program.js';
import { temporaryFolder } from '../../support/wired-user.js';

let registry: SelftestRegistry;
beforeEach(async () => {
  registry = await startRegistry([SQUAT], Date.now());
});
afterEach(() => registry.close());

/** What is seen of a way in with those programs first on the PATH, and whether anything of it is left. */
async function tried(title: string, folder: string, hooksOf = writeProject({})) {
  const way = waysToTry(true).find((one) => one.title === title) as Way;
  const place = path.join(temporaryFolder(), 'run');
  const observation = await tryWay({
    way,
    subject: SQUAT,
    folder: place,
    registry,
    env: { PATH: `${folder}:${process.env['PATH']}`, HOME: temporaryFolder() },
    hooksOf,
    signal: new AbortController().signal,
  });
  return { ...observation, isLeft: existsSync(place) };
}

describe('a way in that is tried', () => {
  it.each<[Reach, object]>([
    ['nothing', { wasDownloaded: false, isInPlace: false, hasRun: false }],
    ['download', { wasDownloaded: true, isInPlace: false, hasRun: false }],
    ['install', { wasDownloaded: true, isInPlace: true, hasRun: false }],
    ['run', { wasDownloaded: true, isInPlace: true, hasRun: true }],
  ])('shows how far npm came, and leaves nothing: %s', async (reach, expected) => {
    const { folder } = scriptedNpm('npm', '10.0.0', reach);
    for (const title of ['npm install X', 'npm install'])
      expect(await tried(title, folder)).toMatchObject({ status: 0, isLeft: false, ...expected });
  });

  it('hands on the words of npx', async () => {
    const npx = scriptedProgram('npx', 'echo refused; exit 1');
    expect(await tried('npx X', npx.folder)).toMatchObject({ status: 1, text: 'refused\n' });
    expect(npx.runs()).toEqual([expect.stringMatching(new RegExp(`: --yes ${SQUAT.name}$`))]);
  });

  it("runs in a project with the lockfile that is tried, and with the hooks of the user's", async () => {
    const npm = scriptedProgram(
      'npm',
      'cat package.json package-lock.json .npmrc .phantom-guard/preinstall.cjs',
    );
    const { text } = await tried(
      'npm ci, hooks of this project',
      npm.folder,
      writeProject({
        '.phantom-guard/preinstall.cjs': '// the hook',
        '.npmrc': '//registry.example/:_authToken=secret\nstrict-allow-scripts=true\n',
      }),
    );
    expect(text).toContain('"preinstall": "node .phantom-guard/preinstall.cjs"');
    expect(text).toContain(`"node_modules/${SQUAT.name}"`);
    expect(text).toContain('strict-allow-scripts=true\n// the hook');
    expect(text).not.toContain('secret');
  });

  it('takes a project without a .npmrc as it is', async () => {
    const npm = scriptedProgram('npm', 'cat .npmrc; test -f package-lock.json');
    const hooked = writeProject({ '.phantom-guard/preinstall.cjs': '' });
    expect(await tried('npm install, hooks of this project', npm.folder, hooked)).toMatchObject({
      status: 1,
      text: '',
    });
  });
});

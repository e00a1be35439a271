import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { guardForHooks } from '../../../src/selftest/guard-for-hooks.js';
import { writeProject } from '../../support/projects.js';
import { temporaryFolder } from '../../support/wired-user.js';

const ENV = { PATH: '/bin' };
const MANIFEST = 'node_modules/phantom-guard-install/package.json';
const GUARD = {
  [MANIFEST]: { name: 'phantom-guard-install', version: '0.0.7' },
  'node_modules/phantom-guard-install/dist/cli.js': '',
  'node_modules/phantom-guard-install/data/names.bin': '',
  'node_modules/phantom-guard-install/hooks/preinstall.cjs': '',
};

const versionIn = (home: string) =>
  (JSON.parse(readFileSync(path.join(home, MANIFEST), 'utf8')) as { version: string }).version;

describe('the guard that the hooks of a project find in a self-test', () => {
  it.each(['user', null] as const)('is what they find anyway: %s', async (guard) => {
    const folder = path.join(temporaryFolder(), 'home');
    expect(await guardForHooks({ guard }, writeProject({}), folder, ENV)).toEqual(ENV);
    expect(existsSync(folder)).toBe(false);
  });

  it('is a copy of the one in the project', async () => {
    const folder = temporaryFolder();
    const env = await guardForHooks({ guard: 'project' }, writeProject(GUARD), folder, ENV);
    expect(env).toEqual({ ...ENV, PHANTOM_GUARD_HOME: folder });
    expect(versionIn(folder)).toBe('0.0.7');
  });

  it('is a copy of this very package where the project records one', async () => {
    const folder = temporaryFolder();
    await guardForHooks({ guard: 'record' }, writeProject({}), folder, ENV);
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(versionIn(folder)).toBe(version);
    expect(existsSync(path.join(folder, path.dirname(MANIFEST), 'hooks/preinstall.cjs'))).toBe(true);
  });
});

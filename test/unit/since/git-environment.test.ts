import { describe, expect, it } from 'vitest';
import { gitEnvironment } from '../../../src/since/git-environment.js';

describe('the environment that git gets', () => {
  it('names no repository of a calling git', () => {
    const env = gitEnvironment({ GIT_DIR: '/elsewhere', GIT_INDEX_FILE: '/index', HOME: '/home' });
    expect(env).not.toHaveProperty('GIT_DIR');
    expect(env).not.toHaveProperty('GIT_INDEX_FILE');
    expect(env['HOME']).toBe('/home');
  });

  it('finds no git in a project', () => {
    const PATH = ['/p/node_modules/.bin', '/usr/bin', '.', '', 'bin', '/p/node_modules/.bin/'].join(':');
    expect(gitEnvironment({ PATH })['PATH']).toBe('/usr/bin');
  });

  it('keeps the configuration of the user, and fetches nothing', () => {
    const env = gitEnvironment({ GIT_CONFIG_COUNT: '1', GIT_ALLOW_PROTOCOL: 'ext' });
    expect(env).toMatchObject({ GIT_CONFIG_COUNT: '1', GIT_ALLOW_PROTOCOL: 'none', GIT_OPTIONAL_LOCKS: '0' });
  });
});

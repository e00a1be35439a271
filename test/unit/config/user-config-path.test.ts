import { describe, expect, it } from 'vitest';
import { type UserPlace, userConfigPath } from '../../../src/config/user-config-path.js';

const linux: UserPlace = { env: {}, platform: 'linux', home: '/home/ada' };
const windows: UserPlace = { env: {}, platform: 'win32', home: 'C:\\Users\\ada' };

describe('where the user’s configuration is', () => {
  it.each<[string, UserPlace, string]>([
    ['below the home', linux, '/home/ada/.config/phantom-guard/config.json'],
    ['where XDG says', { ...linux, env: { XDG_CONFIG_HOME: '/x' } }, '/x/phantom-guard/config.json'],
    [
      'not where a relative XDG directory says',
      { ...linux, env: { XDG_CONFIG_HOME: 'x' } },
      '/home/ada/.config/phantom-guard/config.json',
    ],
    [
      'not in %APPDATA% but on Windows',
      { ...linux, env: { APPDATA: '/a' } },
      '/home/ada/.config/phantom-guard/config.json',
    ],
    [
      'in %APPDATA%',
      { ...windows, env: { APPDATA: 'E:\\Roaming' } },
      'E:\\Roaming\\phantom-guard\\config.json',
    ],
    [
      'where XDG says on Windows too',
      { ...windows, env: { XDG_CONFIG_HOME: 'D:\\x', APPDATA: 'E:\\Roaming' } },
      'D:\\x\\phantom-guard\\config.json',
    ],
    ['below the profile', windows, 'C:\\Users\\ada\\.config\\phantom-guard\\config.json'],
  ])('%s', (_, place, expected) => {
    expect(userConfigPath(place)).toBe(expected);
  });
});

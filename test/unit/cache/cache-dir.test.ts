import { describe, expect, it } from 'vitest';
import { type CacheDirInput, resolveCacheDir } from '../../../src/cache/cache-dir.js';

const linux: CacheDirInput = {
  option: null,
  env: {},
  platform: 'linux',
  home: '/home/ada',
  cwd: '/work/app',
};
const windows: CacheDirInput = { ...linux, platform: 'win32', home: 'C:\\Users\\ada', cwd: 'D:\\app' };

describe('where the cache is', () => {
  it.each<[string, Partial<CacheDirInput>, string]>([
    ['the option comes first', { option: '/tmp/c', env: { PHANTOM_GUARD_CACHE_DIR: '/e' } }, '/tmp/c'],
    ['a relative option starts in the working directory', { option: '../c' }, '/work/c'],
    ['the variable comes next', { env: { PHANTOM_GUARD_CACHE_DIR: '/e', XDG_CACHE_HOME: '/x' } }, '/e'],
    [
      'empty values count as not given',
      { option: '', env: { PHANTOM_GUARD_CACHE_DIR: '' } },
      '/home/ada/.cache/phantom-guard',
    ],
    ['an absolute XDG directory is used', { env: { XDG_CACHE_HOME: '/x' } }, '/x/phantom-guard'],
    [
      'a relative XDG directory is ignored',
      { env: { XDG_CACHE_HOME: 'x' } },
      '/home/ada/.cache/phantom-guard',
    ],
    [
      'macOS has its own place',
      { platform: 'darwin', env: { XDG_CACHE_HOME: '/x' } },
      '/home/ada/Library/Caches/phantom-guard',
    ],
  ])('%s', (_, input, expected) => {
    expect(resolveCacheDir({ ...linux, ...input })).toBe(expected);
  });

  it.each<[string, Partial<CacheDirInput>, string]>([
    ['Windows has %LOCALAPPDATA%', { env: { LOCALAPPDATA: 'E:\\Local' } }, 'E:\\Local\\phantom-guard'],
    ['Windows without it falls back to the profile', {}, 'C:\\Users\\ada\\AppData\\Local\\phantom-guard'],
    ['Windows resolves a relative option', { option: 'c' }, 'D:\\app\\c'],
  ])('%s', (_, input, expected) => {
    expect(resolveCacheDir({ ...windows, ...input })).toBe(expected);
  });
});

import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeRunPlace } from '../../../src/selftest/environment.js';
import { writeProject } from '../../support/projects.js';

const REGISTRY = 'http://127.0.0.1:1/';
const folder = () => path.join(mkdtempSync(path.join(tmpdir(), 'phantom-guard-place-')), 'run');

describe('the place of one run of the self-test', () => {
  it('sends every request to the registry on loopback, whatever the user has set', async () => {
    const env = {
      HTTPS_PROXY: 'http://proxy.example/',
      all_proxy: 'http://proxy.example/',
      npm_config_registry: 'https://registry.example/',
      NPM_CONFIG_CACHE: '/home/user/.npm',
      npm_package_name: 'caller',
    };
    const place = await makeRunPlace(folder(), REGISTRY, env);
    expect(
      Object.entries(place.env).filter(([, value]) => /\.example|caller|\/home\/user/.test(String(value))),
    ).toEqual([]);
    expect(place.env).toMatchObject({ npm_config_registry: REGISTRY, NO_PROXY: '127.0.0.1' });
  });

  it("keeps the user's PATH, and the settings that are tried", async () => {
    const kept = {
      PATH: '/bin',
      HOME: '/nowhere',
      npm_config_script_shell: '/gate',
      NPM_CONFIG_USERCONFIG: '/rc',
    };
    const { env } = await makeRunPlace(folder(), REGISTRY, { ...kept, PHANTOM_GUARD_INSIDE: '1::' });
    expect(env).toMatchObject(kept);
    expect(env['PHANTOM_GUARD_INSIDE']).toBeUndefined();
  });

  it('writes nowhere but into its folder', async () => {
    const place = folder();
    const { project, prefix, mark, env } = await makeRunPlace(place, REGISTRY, {});
    const places = [
      project,
      prefix,
      mark,
      env['TMPDIR'],
      env['npm_config_cache'],
      env['PHANTOM_GUARD_CACHE_DIR'],
    ];
    expect(places.every((one) => one?.startsWith(`${place}${path.sep}`))).toBe(true);
    expect(readdirSync(env['TMPDIR'] ?? '')).toEqual([]);
  });

  it("lets programs read their configuration, and the guard not the user's", async () => {
    const files = { 'fnm/settings': 'x', 'phantom-guard/config.json': {} };
    const chosen = await makeRunPlace(folder(), REGISTRY, { XDG_CONFIG_HOME: writeProject(files) });
    const home = writeProject({ '.config/volta/settings': 'y' });
    const usual = await makeRunPlace(folder(), REGISTRY, { HOME: home });
    const none = await makeRunPlace(folder(), REGISTRY, {});
    const relative = await makeRunPlace(folder(), REGISTRY, { XDG_CONFIG_HOME: 'src', HOME: home });
    const configOf = ({ env }: typeof chosen) => readdirSync(env['XDG_CONFIG_HOME'] ?? '');
    expect([chosen, usual, none, relative].map(configOf)).toEqual([['fnm'], ['volta'], [], []]);
    expect(readFileSync(path.join(chosen.env['XDG_CONFIG_HOME'] ?? '', 'fnm/settings'), 'utf8')).toBe('x');
  });
});

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { overlayOf, type PnpmConfig, parseIni } from '../../../src/registry/pnpm-config.js';
import { readRegistrySettings } from '../../../src/registry/read-npm-config.js';
import { type RegistrySettings, registryFor } from '../../../src/registry/settings.js';
import { named } from '../../support/fake-settings.js';

/** A reference to an environment variable, as these files write it. */
const variable = (name: string): string => `\${${name}}`;
const url = (layer: string): string => `https://${layer}.registry.test/`;
const NONE: PnpmConfig = {
  version: null,
  workspace: { path: 'pnpm-workspace.yaml', registry: null, registries: {} },
  user: { path: 'config.yaml', registry: null, registries: {} },
  authIni: null,
  rc: null,
};
const V9 = { major: 9, minor: 15 };
const V10_0 = { major: 10, minor: 0 };
const V10 = { major: 10, minor: 34 };
const V11 = { major: 11, minor: 28 };
let root = '';

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), text);
}

type Given = Partial<PnpmConfig> & {
  readonly env?: Readonly<Record<string, string>>;
  readonly argv?: Readonly<Record<string, string>>;
};

function read({ env = {}, argv = {}, ...config }: Given): Promise<RegistrySettings> {
  return readRegistrySettings({
    cwd: join(root, 'project'),
    npmPath: join(root, 'npm'),
    argv,
    env: { HOME: join(root, 'home'), PREFIX: join(root, 'prefix'), ...env },
    pnpm: { ...NONE, ...config },
  });
}

const registryOf = async (given: Given): Promise<string> => (await read(given)).registry;
const workspace = (registry: string | null, registries: Record<string, string> = {}) => ({
  path: 'pnpm-workspace.yaml',
  registry,
  registries,
});

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'phantom-guard-pnpm-config-'));
  await write('project/package.json', '{"name":"project"}');
  await mkdir(join(root, 'home'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('the registry of a pnpm project', () => {
  it('is that of pnpm-workspace.yaml before that of .npmrc, as the version reads it', async () => {
    await write('project/.npmrc', `registry=${url('npmrc')}`);
    const both = { workspace: workspace(url('yaml'), { registry: url('yaml-map') }) };
    expect(await registryOf({ ...both, version: V9 })).toBe(url('npmrc'));
    expect(await registryOf({ ...both, version: V10_0 })).toBe(url('npmrc'));
    expect(await registryOf({ ...both, version: V10 })).toBe(url('yaml-map'));
    expect(await registryOf({ ...both, version: V11 })).toBe(url('yaml'));
    expect(await registryOf({ ...both, version: null })).toBe(url('yaml'));
  });

  it('is that of the variable which the version reads', async () => {
    const env = { npm_config_registry: url('npm'), PNPM_CONFIG_REGISTRY: url('pnpm') };
    expect(await registryOf({ env, version: V10 })).toBe(url('npm'));
    expect(await registryOf({ env, version: V11 })).toBe(url('pnpm'));
    const onlyNpm = { npm_config_registry: url('npm') };
    await write('home/.npmrc', `registry=${url('user')}`);
    expect(await registryOf({ env: onlyNpm, version: V11 })).toBe(url('user'));
    expect(await registryOf({ env: onlyNpm, version: null })).toBe(url('npm'));
  });

  it('is that of the command line, else of the environment, before every file', async () => {
    const given = {
      version: V11,
      workspace: workspace(url('yaml')),
      env: { pnpm_config_registry: url('env') },
    };
    expect(await registryOf(given)).toBe(url('env'));
    expect(await registryOf({ ...given, argv: { registry: url('cli') } })).toBe(url('cli'));
  });

  it("is that of the user's own files in the order of the version", async () => {
    const user = { path: 'config.yaml', registry: url('config'), registries: {} };
    const authIni = { path: 'auth.ini', text: `registry=${url('auth')}` };
    const rc = { path: 'rc', text: `registry = "${url('rc')}"` };
    expect(await registryOf({ user, authIni, rc, version: V11 })).toBe(url('config'));
    expect(await registryOf({ authIni, rc, version: V11 })).toBe(url('auth'));
    expect(await registryOf({ user, authIni, rc, version: V10 })).toBe(url('rc'));
    await write('home/.npmrc', `registry=${url('user')}`);
    expect(await registryOf({ authIni, rc, version: V11 })).toBe(url('auth'));
    expect(await registryOf({ authIni, rc, version: V10 })).toBe(url('user'));
    await write('project/.npmrc', `registry=${url('project')}`);
    expect(await registryOf({ authIni, version: V11 })).toBe(url('project'));
    expect(await registryOf({ user, authIni, version: V11 })).toBe(url('config'));
  });
});

describe('the registry of a scope', () => {
  it('keeps its names from every other registry, and is the choice of who set it', async () => {
    const registries = { '@own:registry': url('own') };
    const user = { path: 'config.yaml', registry: null, registries: { '@mine:registry': url('mine') } };
    const settings = await read({ version: V11, workspace: workspace(null, registries), user });
    const seen = ['@own/x', '@mine/x', '@else/x'].map((name) => {
      const found = registryFor(settings, named(name));
      return [found.url, found.isScopeRegistry, found.isChosenByUser];
    });
    expect(seen).toEqual([
      [url('own'), true, false],
      [url('mine'), true, true],
      [settings.publicRegistry, false, false],
    ]);
  });
});

describe('what is wrong in a file of pnpm', () => {
  it('is told with its path and without its value', async () => {
    const config = { version: V11, workspace: workspace('ftp://secret.test/') };
    await expect(read(config)).rejects.toMatchObject({
      code: 'REGISTRY_CONFIG_INVALID',
      message: expect.stringContaining('pnpm-workspace.yaml'),
    });
    await expect(read(config)).rejects.not.toMatchObject({ message: expect.stringContaining('secret') });
  });
});

describe('a variable', () => {
  const given = `https://a.test/${variable('SECRET')}/`;
  const env = { SECRET: 'leaked' };

  it.each([V10, V11, null])('in pnpm-workspace.yaml is never replaced: version %j', async (version) => {
    const config = { version, workspace: workspace(null, { '@s:registry': given }), env };
    await expect(read(config)).rejects.toMatchObject({ code: 'REGISTRY_CONFIG_INVALID' });
  });

  it("in the user's config.yaml is", async () => {
    const user = { path: 'config.yaml', registry: given, registries: {} };
    expect(await registryOf({ version: V11, user, env })).toBe('https://a.test/leaked/');
  });

  it('does not matter where the command line names the registry', async () => {
    const config = { version: V11, workspace: workspace(given), env, argv: { registry: url('cli') } };
    expect(await registryOf(config)).toBe(url('cli'));
  });
});

describe('a token', () => {
  it('of auth.ini goes to its host alone; pnpm-workspace.yaml gives none', async () => {
    const authIni = {
      path: 'auth.ini',
      text: `; mine\n//a.registry.test/:_authToken=${variable('TOKEN')}\nstore-dir=/x\n`,
    };
    const config = { version: V11, authIni, workspace: workspace(url('b')), env: { TOKEN: 'given' } };
    const { credentials } = await read(config);
    expect(Object.entries(credentials).map(([at, { authToken }]) => [at, authToken])).toEqual([
      ['//a.registry.test/', 'given'],
    ]);
  });

  it('is read with its variables, and nothing else of the file', () => {
    const text = [
      '[section]',
      '# c',
      'a=b',
      "@s:registry = 'https://x.test/'",
      `//h/:_authToken=${variable('NO')}${variable('NO?')}`,
    ];
    const values = parseIni({ path: 'auth.ini', text: text.join('\r\n') }, {});
    expect(values).toEqual({
      '@s:registry': { value: 'https://x.test/', source: 'auth.ini' },
      '//h/:_authToken': { value: variable('NO'), source: 'auth.ini' },
    });
  });
});

describe('a variable of the project', () => {
  it('counts as set by the user where the environment has the key of the file too', () => {
    const config = { ...NONE, version: V11, workspace: workspace(url('yaml')) };
    expect([...overlayOf(config, {}).projectKeys]).toEqual(['registry']);
    expect([...overlayOf(config, { pnpm_config_registry: url('env') }).projectKeys]).toEqual([]);
  });
});

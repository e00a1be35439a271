import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GuardError } from '../../../src/errors.js';
import { credentialsFor } from '../../../src/registry/credentials.js';
import { findNpmPath } from '../../../src/registry/npm-path.js';
import { type RegistrySettingsOptions, readRegistrySettings } from '../../../src/registry/read-npm-config.js';
import { type RegistrySettings, registryFor } from '../../../src/registry/settings.js';
import { scopeEstablished } from '../../../src/signals/scope-established.js';
import { named } from '../../support/fake-settings.js';
import { subject } from '../../support/subjects.js';

let root = '';
/** A reference to an environment variable, as .npmrc writes it. */
const variable = (name: string): string => `\${${name}}`;
const at = (...parts: readonly string[]): string => join(root, ...parts);

async function write(path: string, text: string): Promise<void> {
  await mkdir(join(at(path), '..'), { recursive: true });
  await writeFile(at(path), text);
}

/** A machine of its own: home, npm, project and global prefix in a temporary folder. */
function read(options: Partial<RegistrySettingsOptions> = {}): Promise<RegistrySettings> {
  return readRegistrySettings({
    cwd: at('project'),
    npmPath: at('npm'),
    argv: {},
    ...options,
    env: { HOME: at('home'), PREFIX: at('prefix'), ...options.env },
  });
}

async function refusalOf(options?: Partial<RegistrySettingsOptions>): Promise<GuardError> {
  const error = await read(options).catch((thrown: unknown) => thrown);
  if (error instanceof GuardError) return error;
  throw new Error('not refused');
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'phantom-guard-config-'));
  await write('project/package.json', '{"name":"project"}');
  await mkdir(at('home'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('layers', () => {
  const url = (layer: string): string => `https://${layer}.registry.test/`;

  it('count in the order of npm', async () => {
    expect(registryFor(await read(), named('x')).isPublic).toBe(true);
    await write('npm/npmrc', `registry=${url('builtin')}`);
    expect((await read()).registry).toBe(url('builtin'));
    await write('prefix/etc/npmrc', `registry=${url('global')}`);
    expect((await read()).registry).toBe(url('global'));
    await write('home/.npmrc', `registry=${url('user')}`);
    expect((await read()).registry).toBe(url('user'));
    await write('project/.npmrc', `registry=${url('project')}`);
    expect((await read()).registry).toBe(url('project'));
    const env = { npm_config_registry: url('env') };
    expect((await read({ env })).registry).toBe(url('env'));
    expect((await read({ env, argv: { registry: url('cli') } })).registry).toBe(url('cli'));
    expect(registryFor(await read({ env }), named('x')).isPublic).toBe(false);
  });

  it('tell whose choice the registry of a scope is', async () => {
    await write('home/.npmrc', `@user:registry=${url('user')}\n@both:registry=${url('user')}`);
    await write('prefix/etc/npmrc', `@machine:registry=${url('global')}`);
    await write('project/.npmrc', `@squat:registry=${url('project')}\n@both:registry=${url('project')}`);
    const settings = await read({ env: { 'npm_config_@env:registry': url('env') } });
    const chosen = ['@user/x', '@machine/x', '@squat/x', '@both/x'].map((name) => {
      const { isScopeRegistry, isChosenByUser } = registryFor(settings, named(name));
      return [name, isScopeRegistry, isChosenByUser];
    });
    expect(chosen).toEqual([
      ['@user/x', true, true],
      ['@machine/x', true, true],
      ['@squat/x', true, false],
      ['@both/x', true, false],
    ]);
    expect(registryFor(settings, named('plain')).isChosenByUser).toBe(false);
  });

  it.each([
    'https://registry.yarnpkg.com/',
    'https://registry.yarnpkg.com',
    'https://registry.npmjs.org./',
    'https://registry.npmjs.org.:443/',
    'http://registry.npmjs.org',
  ])('that give a scope npm’s public registry as %s give it none of its own', async (address) => {
    await write('home/.npmrc', `@squat:registry=${address}`);
    const registry = registryFor(await read(), named('@squat/x'));
    expect(registry.isPublic).toBe(true);
    expect(scopeEstablished.detect(subject({ registry }))).toBeNull();
  });

  it.each([
    ['home', true],
    ['project', false],
  ])('in which the .npmrc of %s names the registry of a scope: trusted %s', async (where, trusted) => {
    await write(`${where}/.npmrc`, `@corp:registry=${url('corp')}`);
    const registry = registryFor(await read(), named('@corp/x'));
    expect(scopeEstablished.detect(subject({ registry }))).toEqual(
      trusted ? { registry: url('corp') } : null,
    );
  });

  it('can be moved', async () => {
    await write('other/user', `@a:registry=${url('user')}`);
    await write('other/global', `@b:registry=${url('global')}`);
    await write('other/.npmrc', `@c:registry=${url('prefix')}`);
    const moved = await read({
      argv: {
        userconfig: at('other/user'),
        globalconfig: at('other/global'),
        prefix: at('other'),
        unset: undefined,
      },
    });
    expect(moved.scopeRegistries).toEqual({ '@a': url('user'), '@b': url('global'), '@c': url('prefix') });
  });

  it('find the project above the folder, and the workspace root above that', async () => {
    await write('project/package.json', '{"name":"root","workspaces":["packages/*"]}');
    await write('project/packages/one/package.json', '{"name":"one"}');
    await write('project/packages/one/.npmrc', `registry=${url('member')}`);
    await write('project/.npmrc', `registry=${url('root')}`);
    await mkdir(at('project/packages/one/src'));
    expect((await read({ cwd: at('project/packages/one/src') })).registry).toBe(url('root'));
  });
});

describe('registries and credentials', () => {
  it('are read per scope and path, with variables', async () => {
    await write(
      'home/.npmrc',
      [
        'registry=https://npm.registry.test/team',
        '@inv:registry=https://inv.registry.test/npm/',
        `//npm.registry.test/team/:_authToken=${variable('TEAM_TOKEN')}`,
        '//inv.registry.test/:username=ada',
        '//inv.registry.test/:_password=cGFzcw==',
        '//basic.registry.test/:_auth=YTpi',
      ].join('\n'),
    );
    const settings = await read({
      env: { TEAM_TOKEN: 't0ken' },
      argv: { registry: 'https://npm.registry.test/team' },
    });
    const authorization = (target: string): string | null =>
      credentialsFor(settings, new URL(target)).authorization;
    expect(registryFor(settings, named('@inv/x'))).toMatchObject({
      url: 'https://inv.registry.test/npm/',
      isScopeRegistry: true,
    });
    expect(authorization('https://npm.registry.test/team/x')).toBe('Bearer t0ken');
    expect(authorization('https://inv.registry.test/npm/x')).toBe(
      `Basic ${Buffer.from('ada:pass').toString('base64')}`,
    );
    expect(authorization('https://basic.registry.test/x')).toBe('Basic YTpi');
    expect(authorization('https://else.registry.test/x')).toBeNull();
  });

  it('come from the environment and the command line, too', async () => {
    const env = { 'npm_config_//npm.registry.test/:_authToken': 'fromEnv' };
    const settings = await read({ env, argv: { '@inv:registry': 'https://inv.registry.test' } });
    expect(credentialsFor(settings, new URL('https://npm.registry.test/x')).authorization).toBe(
      'Bearer fromEnv',
    );
    expect(settings.scopeRegistries).toEqual({ '@inv': 'https://inv.registry.test/' });
  });

  it('may stand in the URL, where no others apply', async () => {
    const argv = { registry: 'https://ada:secret@npm.registry.test/team/' };
    const basic = Buffer.from('ada:secret').toString('base64');
    const settings = await read({ argv });
    expect(settings.registry).toBe('https://npm.registry.test/team/');
    expect(credentialsFor(settings, new URL('https://npm.registry.test/team/x')).authorization).toBe(
      `Basic ${basic}`,
    );
    await write('home/.npmrc', '//npm.registry.test/:_authToken=stronger');
    const both = await read({ argv });
    expect(credentialsFor(both, new URL('https://npm.registry.test/team/x')).authorization).toBe(
      'Bearer stronger',
    );
  });

  it('can be posted to a thread', async () => {
    const settings = await read({ argv: { '@inv:registry': 'https://inv.registry.test' } });
    expect(structuredClone(settings)).toEqual(settings);
  });
});

describe('certificates', () => {
  it('are read from their files', async () => {
    const pem = (text: string): string => `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----`;
    await write('ca.pem', `${pem('one')}\n${pem('two')}\n`);
    await write('cert.pem', 'CERT');
    await write('key.pem', 'KEY');
    await write(
      'home/.npmrc',
      [
        `cafile=${at('ca.pem')}`,
        'strict-ssl=false',
        'cert=GLOBAL',
        'key=GLOBALKEY',
        `//npm.registry.test/:certfile=${at('cert.pem')}`,
        `//npm.registry.test/:keyfile=${at('key.pem')}`,
        `//half.registry.test/:certfile=${at('cert.pem')}`,
        `//gone.registry.test/:certfile=${at('gone.pem')}`,
        `//gone.registry.test/:keyfile=${at('key.pem')}`,
      ].join('\n'),
    );
    const settings = await read();
    expect(settings.ca).toEqual([pem('one'), pem('two')]);
    expect(settings.strictSsl).toBe(false);
    expect(settings.clientCertificate).toEqual({ cert: 'GLOBAL', key: 'GLOBALKEY' });
    expect(settings.credentials['//npm.registry.test/']?.clientCertificate).toEqual({
      cert: 'CERT',
      key: 'KEY',
    });
    expect(settings.credentials['//half.registry.test/']?.clientCertificate).toBeNull();
    expect(settings.credentials['//gone.registry.test/']?.clientCertificate).toBeNull();
  });

  it('may stand in the configuration itself', async () => {
    await write('home/.npmrc', 'ca[]="one\\nline"\nca[]="two"');
    expect((await read()).ca).toEqual(['one\nline', 'two']);
    expect((await read({ argv: { ca: 'null' } })).ca).toBeNull();
  });

  it('are refused when a file cannot be read', async () => {
    await mkdir(at('folder'));
    await write(
      'home/.npmrc',
      `//npm.registry.test/:certfile=${at('folder')}\n//npm.registry.test/:keyfile=${at('folder')}`,
    );
    const error = await refusalOf();
    expect(error.code).toBe('REGISTRY_CONFIG_INVALID');
    expect(error.message).toContain('//npm.registry.test/:certfile');
    expect(error.message).toContain(at('home/.npmrc'));
  });

  it('are refused when the cafile cannot be read', async () => {
    await write('home/.npmrc', `cafile=${at('home')}`);
    expect((await refusalOf()).code).toBe('REGISTRY_CONFIG_INVALID');
  });
});

describe('proxies', () => {
  const env = { HTTPS_PROXY: 'http://s.test', http_proxy: 'http://p.test', NO_PROXY: 'a.test, .b.test' };

  it('come from the environment by protocol', async () => {
    expect((await read({ env })).proxy).toEqual({
      forHttps: 'http://s.test',
      forHttp: 'http://s.test',
      noProxy: ['a.test', '.b.test'],
    });
    expect((await read({ env: { ...env, HTTPS_PROXY: '' } })).proxy).toMatchObject({
      forHttps: null,
      forHttp: 'http://p.test',
    });
    expect((await read({ env: { PROXY: 'http://q.test' } })).proxy).toMatchObject({
      forHttps: null,
      forHttp: 'http://q.test',
    });
  });

  it('come from the configuration first, https-proxy before proxy, for both protocols', async () => {
    await write('home/.npmrc', 'proxy=http://plain.test\nnoproxy=c.test,d.test');
    const plain = (await read({ env })).proxy;
    expect(plain).toMatchObject({ forHttps: 'http://plain.test/', forHttp: 'http://plain.test/' });
    expect(plain.noProxy).toEqual(['c.test', 'd.test', 'a.test', '.b.test']);
    const both = await read({ env, argv: { 'https-proxy': 'http://secure.test' } });
    expect(both.proxy).toMatchObject({ forHttps: 'http://secure.test/', forHttp: 'http://secure.test/' });
  });

  it('are as before where the configuration says false, nothing or null', async () => {
    await write('project/.npmrc', 'https-proxy=\nproxy=false');
    expect((await read({ env })).proxy.forHttps).toBe('http://s.test');
    await write('project/.npmrc', 'https-proxy=null');
    expect((await read({ env })).proxy.forHttps).toBe('http://s.test');
  });
});

describe('limits and user agent', () => {
  it('are unset by default', async () => {
    expect(await read()).toMatchObject({
      fetchRetries: null,
      fetchTimeoutMs: null,
      localAddress: null,
      userAgent: null,
    });
  });

  it('are taken over', async () => {
    const before = process.env['npm_config_user_agent'];
    await write(
      'home/.npmrc',
      'fetch-retries=5\nfetch-timeout=9000\nlocal-address=127.0.0.1\nuser-agent=corp {platform}',
    );
    expect(await read()).toMatchObject({
      fetchRetries: 5,
      fetchTimeoutMs: 9_000,
      localAddress: '127.0.0.1',
      userAgent: `corp ${process.platform}`,
    });
    expect(process.env['npm_config_user_agent']).toBe(before);
  });

  it('are ignored where they are none, as by npm', async () => {
    await write('home/.npmrc', 'fetch-retries=many\nfetch-timeout=-1');
    expect(await read()).toMatchObject({ fetchRetries: null, fetchTimeoutMs: null });
  });
});

describe('refusals', () => {
  it.each([
    ['a registry that is no URL', 'registry=my registry'],
    ['a registry of another protocol', 'registry=ftp://npm.registry.test/'],
    ['a variable that is not set', `registry=${variable('NO_SUCH_REGISTRY')}`],
    ['a scope registry that is no URL', '@inv:registry=npm.registry.test'],
    ['a proxy that is no URL', 'https-proxy=nowhere'],
  ])('name file and key, not the value: %s', async (_, line) => {
    await write('project/.npmrc', line);
    const error = await refusalOf();
    const [key = '', value = ''] = line.split('=');
    expect(error.code).toBe('REGISTRY_CONFIG_INVALID');
    expect(error.message).toContain(`"${key}"`);
    expect(error.message).toContain(at('project/.npmrc'));
    expect(error.message + error.hint).not.toContain(value);
  });

  it('name the command line', async () => {
    const error = await refusalOf({ argv: { registry: 'nonsense' } });
    expect(error.code).toBe('REGISTRY_CONFIG_INVALID');
    expect(error.message).toContain('command line');
  });

  it.each(['_auth=YTpi', '_authToken=t', 'username=ada\n_password=cGFzcw=='])(
    'cover %s without a registry',
    async (line) => {
      await write('home/.npmrc', line);
      expect((await refusalOf()).code).toBe('REGISTRY_CONFIG_INVALID');
    },
  );
});

it('prints nothing and leaves the environment alone', async () => {
  await write('home/.npmrc', 'no-such-setting=1\nfetch-retries=many\ncert=x\nkey=y');
  const output = vi.spyOn(process.stderr, 'write');
  const before = { ...process.env };
  const env = { HOME: at('home'), PREFIX: at('prefix') };
  await readRegistrySettings({ cwd: at('project'), env, npmPath: at('npm'), argv: { bogus: true } });
  expect(output).not.toHaveBeenCalled();
  expect({ ...process.env }).toEqual(before);
  expect(Object.keys(env)).toEqual(['HOME', 'PREFIX']);
  output.mockRestore();
});

describe('the folder of npm', () => {
  it('is the one beside the running node', async () => {
    await write('usr/lib/node_modules/npm/bin/npm-cli.js', '');
    expect(await findNpmPath({}, at('usr/bin/node'))).toBe(at('usr/lib/node_modules/npm'));
    await write('win/node_modules/npm/bin/npm-cli.js', '');
    expect(await findNpmPath({}, at('win/node'))).toBe(at('win/node_modules/npm'));
  });

  it('is the one that npm on the PATH belongs to', async () => {
    await write('usr/lib/node_modules/npm/bin/npm-cli.js', '');
    await mkdir(at('bin'));
    await symlink(at('usr/lib/node_modules/npm/bin/npm-cli.js'), at('bin/npm'));
    await write('shims/npm', '#!/bin/sh');
    await chmod(at('shims/npm'), 0o755);
    const path = `${at('nowhere')}:${at('shims')}:${at('bin')}`;
    expect(await findNpmPath({ PATH: path }, at('node/bin/node'))).toBe(at('usr/lib/node_modules/npm'));
    await write('win/node_modules/npm/bin/npm-cli.js', '');
    expect(await findNpmPath({ PATH: at('win') }, at('node/bin/node'))).toBe(at('win/node_modules/npm'));
  });

  it('is where it would be when there is none', async () => {
    expect(await findNpmPath({}, at('node/bin/node'))).toBe(at('node/lib/node_modules/npm'));
    expect(
      registryFor(
        await readRegistrySettings({ cwd: at('project'), env: { HOME: at('home'), PREFIX: at('p') } }),
        named('x'),
      ).isPublic,
    ).toBe(true);
  });
});

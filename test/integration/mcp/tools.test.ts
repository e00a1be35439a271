import type { AnySchema } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, describe, expect, it } from 'vitest';
import { type FakeRegistry, packument, startFakeRegistry } from '../../support/fake-registry.js';
import { packageLock, writeProject } from '../../support/projects.js';
import { openSession, type Session, type SessionOptions } from './support.js';

let registry: FakeRegistry | null = null;
let session: Session | null = null;
afterEach(async () => {
  await session?.close();
  registry?.verify();
  await registry?.close();
  registry = null;
  session = null;
});

async function open(options: SessionOptions = {}): Promise<Session> {
  session = await openSession(options);
  return session;
}

async function openWith(
  names: readonly string[],
  absent: readonly string[],
  options: SessionOptions = {},
): Promise<Session> {
  registry = await startFakeRegistry({
    packages: Object.fromEntries(names.map((name) => [name, packument({ name })])),
    absent: [...absent],
  });
  return await open({ ...options, registry });
}

describe('the tools', () => {
  it.each(['legacy', 'auto'] as const)('are listed with what a client needs to know (%s)', async (mode) => {
    const { client } = await open({ mode });
    expect(client.getProtocolEra()).toBe(mode === 'auto' ? 'modern' : 'legacy');
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'validate_packages',
      'check_project',
      'explain_package',
      'find_established_package',
    ]);
    for (const { title, description, inputSchema, outputSchema, annotations } of tools) {
      expect(title).toBeTruthy();
      expect(description?.length).toBeGreaterThan(50);
      expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
      expect(outputSchema).toMatchObject({ type: 'object' });
      expect(annotations).toMatchObject({ readOnlyHint: true, idempotentHint: true, destructiveHint: false });
    }
    expect(tools.map(({ annotations }) => annotations?.openWorldHint)).toEqual([true, true, true, false]);
  });

  it('give documents that the schemas of others hold too', async () => {
    const { client, call } = await openWith(['zq-widget'], ['zq-widget-helper']);
    const { tools } = await client.listTools();
    const ajv = new Ajv2020({ strict: false });
    const given = {
      validate_packages: { specs: ['zq-widget', 'zq-widget-helper'] },
      check_project: { path: writeProject({ 'package.json': { dependencies: { 'zq-widget': '1' } } }) },
      explain_package: { spec: 'zq-widget' },
      find_established_package: { purpose: 'parse CSV files', name: 'lodahs' },
    };
    for (const { name, outputSchema } of tools) {
      const validate = ajv.compile(outputSchema as AnySchema);
      const { document } = await call(name, given[name as keyof typeof given]);
      expect([name, validate(document), validate.errors]).toEqual([name, true, null]);
      const failed = await call(name, { nonsense: true });
      expect([name, validate(failed.document), validate.errors]).toEqual([name, true, null]);
    }
  });
});

describe('validate_packages', () => {
  it.each(['legacy', 'auto'] as const)('says per name what to do (%s)', async (mode) => {
    const { call } = await openWith(['zq-widget'], ['jscodeshift-react-tools', 'zq-nobody-owns-this'], {
      mode,
    });
    const specs = ['zq-widget', 'jscodeshift-react-tools', 'zq-nobody-owns-this'];
    const { isError, text, document } = await call('validate_packages', { specs });
    expect(isError).toBe(false);
    expect(document.status).toBe('blocked');
    expect(document.packages).toMatchObject([
      { name: 'jscodeshift-react-tools', risk: 'not-found', suggestions: [{ name: 'jscodeshift' }, {}, {}] },
      { name: 'zq-nobody-owns-this', risk: 'not-found', suggestions: [] },
      { name: 'zq-widget', risk: 'safe', action: 'allow' },
    ]);
    expect(text).toContain('BLOCKED `jscodeshift-react-tools`');
    expect(text).toContain('Use the established package `jscodeshift` instead');
    expect(text).toContain('May be used: `zq-widget`');
    expect(text).not.toContain('accept');
  });

  it('gives a report where the registry gave no answer: undecided, and no error of the call', async () => {
    const { call } = await open();
    const { isError, text, document } = await call('validate_packages', { specs: ['lodahs'] });
    expect(isError).toBe(false);
    expect(document).toMatchObject({ status: 'undecided', error: { code: 'REGISTRY_UNAVAILABLE' } });
    expect(text).toContain('UNDECIDED `lodahs`');
  });

  it('takes registries from the folder that is named', async () => {
    registry = await startFakeRegistry({ absent: ['zq-nobody-owns-this'] });
    const directory = writeProject({ '.npmrc': `registry=${registry.url}\n` });
    const { call } = await open({ args: ['--downloads-url', 'none'], online: true });
    const { document } = await call('validate_packages', { specs: ['zq-nobody-owns-this'], directory });
    expect(document.packages).toMatchObject([{ risk: 'not-found' }]);
  });

  it('refuses a folder that is none', async () => {
    const { call } = await open();
    const reply = await call('validate_packages', { specs: ['lodash'], directory: 'no/such/folder' });
    expect(reply).toMatchObject({ isError: true, document: { error: { code: 'INPUT_NOT_FOUND' } } });
  });
});

describe('check_project', () => {
  it('judges the project in the folder of the server, and lists safe packages when asked', async () => {
    const cwd = writeProject({
      'package.json': { dependencies: { 'zq-widget': '*', 'zq-nobody-owns-this': '*' } },
      'package-lock.json': packageLock({
        'node_modules/zq-widget': { version: '1.1.0' },
        'node_modules/zq-nobody-owns-this': { version: '1.0.0' },
      }),
    });
    const { call } = await openWith(['zq-widget'], ['zq-nobody-owns-this'], { cwd });
    const brief = await call('check_project', {});
    expect(brief.document.status).toBe('blocked');
    expect(brief.document.packages.map(({ name }) => name)).toContain('zq-nobody-owns-this');
    const all = await call('check_project', { path: '.', all: true });
    expect(all.document.packages.map(({ name }) => name)).toEqual(['zq-nobody-owns-this', 'zq-widget']);
  });

  it('says what it can’t read', async () => {
    const { call } = await open();
    const nowhere = await call('check_project', { path: '/nowhere/at/all' });
    expect(nowhere).toMatchObject({ isError: true, document: { error: { code: 'INPUT_NOT_FOUND' } } });
    const broken = await call('check_project', { path: writeProject({ 'package-lock.json': '{ "name": ' }) });
    expect(broken).toMatchObject({ isError: true, document: { error: { code: 'LOCKFILE_UNREADABLE' } } });
    const path = writeProject({ 'package.json': {}, 'package-lock.json': packageLock({}) });
    const since = await call('check_project', { path, since: 'main' });
    expect(since).toMatchObject({ isError: true, document: { error: { code: 'SINCE_UNUSABLE' } } });
  });
});

describe('explain_package', () => {
  it('gives the facts, and advice that lets nobody through', async () => {
    const { call } = await openWith([], ['jscodeshift-react-tools']);
    const { text, document } = await call('explain_package', { spec: 'jscodeshift-react-tools' });
    expect(document.explanations).toMatchObject([
      { risk: 'not-found', sources: [{ what: 'bundled names' }, { state: 'absent' }, {}] },
    ]);
    expect(document.explanations[0]?.answer.advice).toEqual([
      expect.stringContaining('Use the established package `jscodeshift`'),
    ]);
    expect(text).toContain('Because: ');
    expect(text).not.toContain('accept');
  });
});

describe('find_established_package', () => {
  it.each([
    [{ purpose: 'parse command line arguments' }, 'commander'],
    [{ purpose: 'Debounce a function' }, 'lodash.debounce'],
    [{ name: 'lodahs' }, 'lodash'],
    [{ name: 'fs' }, 'node:fs'],
    [{ name: 'zq-unknowable', purpose: 'send e-mail' }, 'nodemailer'],
  ])('knows %j', async (given, name) => {
    const { call } = await open();
    const { isError, text, document } = await call('find_established_package', given);
    expect(isError).toBe(false);
    expect(document.established[0]?.name).toBe(name);
    expect(text).toContain(`\`${name}\``);
  });

  it.each([{ purpose: 'a quantum flux capacitor' }, { name: 'zq-unknowable' }, { purpose: '🦀🦀🦀' }])(
    'says that it knows none of %j, and invents nothing',
    async (given) => {
      const { call } = await open();
      const { isError, text, document } = await call('find_established_package', given);
      expect(isError).toBe(false);
      expect(document.established).toEqual([]);
      expect(text).toContain('do not invent a name');
    },
  );

  it('says of an established name that it is one', async () => {
    const { call } = await open();
    const { document } = await call('find_established_package', { name: 'lodash' });
    expect(document).toMatchObject({ nameIsEstablished: true, established: [{ name: 'lodash' }] });
  });
});

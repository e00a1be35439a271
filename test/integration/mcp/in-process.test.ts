import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import type { Guard } from '../../../src/mcp/guard.js';
import { serve } from '../../../src/mcp/serve.js';
import { fakeIo } from '../../support/fake-io.js';
import { packument, startFakeRegistry } from '../../support/fake-registry.js';
import { packageLock, writeProject } from '../../support/projects.js';

const HELLO = {
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
};

type Call = readonly [name: string, given: Readonly<Record<string, unknown>>];
type Answer = {
  readonly id: number;
  readonly result: {
    readonly isError?: boolean;
    readonly structuredContent: Readonly<Record<string, unknown>>;
  };
};

/** What the command answers to these calls; it ends with its stdin. */
async function answersTo(calls: readonly Call[], args: readonly string[], cwd: string) {
  const fake = fakeIo({ cwd });
  const stdin = new PassThrough();
  const ending = main(['mcp', ...args], { ...fake.io, stdin });
  const send = (message: object) => stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  send({ id: 0, ...HELLO });
  for (const [index, [name, given]] of calls.entries())
    send({ id: index + 1, method: 'tools/call', params: { name, arguments: given } });
  const answers = () =>
    fake
      .stdout()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Answer)
      .toSorted((a, b) => a.id - b.id);
  await expect.poll(answers, { timeout: 30_000 }).toHaveLength(calls.length + 1);
  stdin.end();
  expect(await ending).toEqual({ status: 0, signal: null });
  return { answers: answers().slice(1), stderr: fake.stderr() };
}

describe('the command', () => {
  it('answers calls of every tool, and ends with its stdin', async () => {
    const registry = await startFakeRegistry({
      packages: { 'zq-widget': packument({ name: 'zq-widget' }) },
      absent: ['jscodeshift-react-tools'],
    });
    const cwd = writeProject({
      'package.json': { dependencies: { 'zq-widget': '*' } },
      'package-lock.json': packageLock({ 'node_modules/zq-widget': { version: '1.1.0' } }),
    });
    const { answers, stderr } = await answersTo(
      [
        ['validate_packages', { specs: ['jscodeshift-react-tools'], directory: cwd, manager: 'npm' }],
        ['check_project', { all: true }],
        ['explain_package', { spec: 'zq-widget' }],
        ['find_established_package', { name: 'lodahs', purpose: 'parse csv' }],
        ['check_project', { path: 'nowhere' }],
        ['explain_package', { spec: 'no spec' }],
        ['find_established_package', {}],
        ['find_established_package', { name: 'zq-unknowable' }],
        ['validate_packages', { specs: [], nonsense: true }],
        ['validate_packages', { specs: ['lodash'], directory: 'nowhere' }],
      ],
      ['--registry', registry.url, '--downloads-url', 'none', '--no-cache'],
      cwd,
    );
    expect(answers.map(({ result }) => result.isError === true)).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
      true,
      false,
      true,
      true,
    ]);
    expect(answers.map(({ result }) => result.structuredContent)).toMatchObject([
      { status: 'blocked', packages: [{ suggestions: [{ name: 'jscodeshift' }, {}, {}] }] },
      { status: 'allowed', packages: [{ name: 'zq-widget', risk: 'safe' }] },
      { status: 'allowed', explanations: [{ name: 'zq-widget', answer: { advice: [] } }] },
      { error: null, established: [{ name: 'lodash' }, { name: 'csv-parse' }, { name: 'papaparse' }] },
      { error: { code: 'INPUT_NOT_FOUND' }, packages: [] },
      { error: { code: 'SPEC_INVALID' }, explanations: [] },
      { error: { code: 'USAGE' }, established: [] },
      { error: null, established: [] },
      { error: { code: 'USAGE' }, packages: [] },
      { error: { code: 'INPUT_NOT_FOUND' } },
    ]);
    expect(stderr).toBe('');
    registry.verify();
    await registry.close();
  });

  it('knows only modules of Node.js without the bundled names', async () => {
    const { answers } = await answersTo(
      [['find_established_package', { name: 'fs', purpose: 'parse csv' }]],
      ['--no-data', '--offline', '--cache-dir', 'relative'],
      writeProject({}),
    );
    expect(answers[0]?.result.structuredContent).toMatchObject({ established: [{ name: 'node:fs' }] });
  });
});

describe('wrong usage', () => {
  it.each([[['somewhere']], [['--output', 'file']]])('of the command is no session: %j', async (words) => {
    const { io, stdout, stderr } = fakeIo();
    expect(await main(['mcp', ...words], io)).toEqual({ status: 2, signal: null });
    expect(stdout()).toBe('');
    expect(stderr()).toContain('USAGE');
  });

  it('of the protocol is passed over or told on stderr, and the session goes on', async () => {
    const fake = fakeIo();
    const stdin = new PassThrough();
    const ending = main(['mcp'], { ...fake.io, stdin });
    stdin.write(`not JSON\n{"not":"JSON-RPC"}\n${JSON.stringify({ jsonrpc: '2.0', id: 0, ...HELLO })}\n`);
    await expect.poll(fake.stdout).toContain('"id":0');
    stdin.end();
    expect(await ending).toMatchObject({ status: 0 });
    expect(fake.stdout().trimEnd().split('\n')).toHaveLength(1);
    expect(fake.stderr()).toContain('mcp: ');
  });
});

const never = () => Promise.reject(new Error('a defect'));

function brokenGuard(defects: unknown[]): Guard {
  return {
    tool: { name: 'guard', version: '1.0.0', dataDate: null },
    validate: never,
    check: never,
    explain: never,
    findEstablished: () => ({
      asked: { name: null, purpose: null },
      nameIsEstablished: null,
      established: [],
    }),
    reportDefect: (thrown) => defects.push(thrown),
  };
}

describe('the server', () => {
  it('answers a defect of the guard as an error of the call, and tells somebody', async () => {
    const defects: unknown[] = [];
    const stdin = new PassThrough();
    const said: string[] = [];
    const wire = { stdin, write: (text: string) => said.push(text), onError: () => undefined };
    const served = serve(brokenGuard(defects), wire, new AbortController().signal);
    stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 0, ...HELLO })}\n`);
    const params = { name: 'check_project', arguments: {} };
    stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params })}\n`);
    await expect.poll(() => said.length).toBe(2);
    expect(JSON.parse(said[1] ?? '')).toMatchObject({
      result: { isError: true, structuredContent: { status: 'undecided', error: { code: 'INTERNAL' } } },
    });
    expect(defects).toHaveLength(1);
    stdin.end();
    await served;
  });

  it('ends at once where it was told to before it began', async () => {
    const wire = { stdin: new PassThrough(), write: () => undefined, onError: () => undefined };
    await expect(serve(brokenGuard([]), wire, AbortSignal.abort())).resolves.toBeUndefined();
  });
});

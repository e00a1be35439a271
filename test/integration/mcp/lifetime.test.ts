import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type FakeRegistry, packument, startFakeRegistry } from '../../support/fake-registry.js';
import { packageLock, writeProject } from '../../support/projects.js';
import { runCli } from '../../support/run-cli.js';
import { openSession, type Session, serverEnv, serverLine, temporary } from './support.js';

let registry: FakeRegistry | null = null;
let session: Session | null = null;
afterEach(async () => {
  await session?.close();
  await registry?.close();
  registry = null;
  session = null;
});

const HELLO = [
  {
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
  },
  { method: 'notifications/initialized' },
];
const CALL = {
  id: 2,
  method: 'tools/call',
  params: { name: 'validate_packages', arguments: { specs: ['zq-widget'] } },
};

type Raw = {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly answered: (id: number) => Promise<void>;
  readonly ended: Promise<{ readonly status: number | null; readonly signal: string | null }>;
};

/** The server without the SDK's client, so that every byte of stdout is seen. */
function startRaw(messages: readonly object[]): Raw {
  const child = spawn(process.execPath, serverLine(registry === null ? {} : { registry }), {
    cwd: temporary('cwd'),
    env: serverEnv(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const out: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  for (const message of messages) child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const said = () => Buffer.concat(out).toString('utf8');
  return {
    child,
    said,
    answered: async (id) => {
      while (!said().includes(`"id":${id}`)) await delay(20);
    },
    ended: new Promise((resolve) => child.on('close', (status, signal) => resolve({ status, signal }))),
  };
}

describe('the server', () => {
  it('writes nothing but the protocol on stdout, and ends when stdin does', async () => {
    registry = await startFakeRegistry({ packages: { 'zq-widget': packument({ name: 'zq-widget' }) } });
    const server = startRaw([...HELLO, CALL]);
    await server.answered(2);
    server.child.stdin?.end();
    expect(await server.ended).toEqual({ status: 0, signal: null });
    const lines = server.said().trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).id)).toEqual([1, 2]);
  });

  it.each([
    ['SIGTERM', ({ child }: Raw) => child.kill('SIGTERM')],
    ['SIGINT', ({ child }: Raw) => child.kill('SIGINT')],
    ['the end of stdin', ({ child }: Raw) => child.stdin?.end()],
    ['a client that is gone', ({ child }: Raw) => child.stdin?.destroy() && child.stdout?.destroy()],
  ])('ends on %s in the middle of a call', async (_, end) => {
    registry = await startFakeRegistry({ faults: { 'zq-widget': [{ kind: 'hang' }] }, allowUnused: true });
    const server = startRaw([...HELLO, CALL]);
    const { names } = registry;
    await expect.poll(names, { timeout: 30_000 }).toContain('zq-widget');
    end(server);
    expect(await server.ended).toEqual({ status: 0, signal: null });
  });

  it('ends on a message that has no end, and keeps stdout clean', async () => {
    const server = startRaw(HELLO);
    await server.answered(1);
    server.child.stdin?.on('error', () => undefined).write('x'.repeat(11 * 1024 * 1024));
    expect(await server.ended).toEqual({ status: 0, signal: null });
    expect(server.said().trimEnd().split('\n')).toHaveLength(1);
  });

  it('refuses operands and --output', async () => {
    for (const args of [
      ['mcp', 'somewhere'],
      ['mcp', '--output', 'file'],
    ]) {
      const { status, stdout } = await runCli(args);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    }
  });
});

describe('a call', () => {
  it('that is cancelled asks no longer, and the session goes on', async () => {
    registry = await startFakeRegistry({
      packages: { 'zq-widget': packument({ name: 'zq-widget' }) },
      faults: { 'zq-widget': [{ kind: 'hang', times: 1 }] },
    });
    session = await openSession({ registry });
    const cancel = new AbortController();
    const given = { name: 'validate_packages', arguments: { specs: ['zq-widget'] } };
    const call = session.client.callTool(given, { signal: cancel.signal });
    const { names } = registry;
    await expect.poll(names, { timeout: 30_000 }).toEqual(['zq-widget']);
    cancel.abort('enough');
    await expect(call).rejects.toThrow();
    const { document } = await session.call('validate_packages', { specs: ['zq-widget'] });
    expect(document.status).toBe('allowed');
    expect(registry.names()).toEqual(['zq-widget', 'zq-widget']);
  });

  it('disturbs no other that is under way', async () => {
    const names = Array.from(
      { length: 30 },
      (_, index) => `zq-widget-${String.fromCharCode(97 + (index % 26))}${index}`,
    );
    const there = names.filter((_, index) => index % 2 === 0);
    registry = await startFakeRegistry({
      packages: Object.fromEntries(there.map((name) => [name, packument({ name })])),
      absent: names.filter((name) => !there.includes(name)),
    });
    session = await openSession({ registry });
    const { call } = session;
    const replies = await Promise.all(names.map((name) => call('validate_packages', { specs: [name] })));
    expect(replies.map(({ document }) => document.packages[0]?.name)).toEqual(names);
    expect(replies.map(({ document }) => document.packages[0]?.risk !== 'not-found')).toEqual(
      names.map((name) => there.includes(name)),
    );
  });

  it('writes nothing into the project', async () => {
    const project = writeProject({ 'package.json': {}, 'package-lock.json': packageLock({}) });
    session = await openSession({ cwd: project });
    await session.call('check_project', {});
    await session.call('explain_package', { spec: 'lodash' });
    await session.call('validate_packages', { specs: ['lodash'] });
    expect(readdirSync(project).toSorted()).toEqual(['package-lock.json', 'package.json']);
  });
});

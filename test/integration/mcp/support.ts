import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CallToolResult, Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import type { ReportedError, ReportedPackage } from '../../../src/model/report.js';
import type { EstablishedPackage } from '../../../src/names/find-established.js';
import type { FakeRegistry } from '../../support/fake-registry.js';
import { CLI } from '../../support/run-cli.js';

/** What the documents of all tools may hold. */
export type Document = {
  readonly status?: string;
  readonly error: ReportedError | null;
  readonly packages: readonly ReportedPackage[];
  readonly explanations: readonly { readonly answer: { readonly advice: readonly string[] } }[];
  readonly established: readonly EstablishedPackage[];
  readonly nameIsEstablished: boolean | null;
};

export type Reply = { readonly isError: boolean; readonly text: string; readonly document: Document };

export type Session = {
  readonly client: Client;
  readonly pid: number;
  /** Calls a tool; the client checks the document against the tool's outputSchema. */
  readonly call: (name: string, given: Readonly<Record<string, unknown>>) => Promise<Reply>;
  readonly close: () => Promise<void>;
};

export type SessionOptions = {
  readonly registry?: FakeRegistry;
  readonly args?: readonly string[];
  readonly cwd?: string;
  /** Asks the registries that the configuration names. Default: none but `registry`. */
  readonly online?: boolean;
  /** `auto` speaks the protocol of 2026 where the server does. Default: that of 2025, with its handshake. */
  readonly mode?: 'auto' | 'legacy';
};

export function temporary(what: string): string {
  return mkdtempSync(path.join(tmpdir(), `phantom-guard-mcp-${what}-`));
}

/** The command line of a server for tests: it asks the fake registry, or nobody. */
export function serverLine({ registry, online = false, args = [] }: SessionOptions): readonly string[] {
  const alone = online ? [] : ['--offline'];
  const where = registry === undefined ? alone : ['--registry', registry.url, '--downloads-url', 'none'];
  return [CLI, 'mcp', ...where, '--cache-dir', temporary('cache'), ...args];
}

export function serverEnv(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', HOME: temporary('home') };
}

/** Starts the built server and connects the official client to it. */
export async function openSession(options: SessionOptions = {}): Promise<Session> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [...serverLine(options)],
    env: serverEnv(),
    cwd: options.cwd ?? temporary('cwd'),
    stderr: 'inherit',
  });
  const client = new Client(
    { name: 'test', version: '1.0.0' },
    { versionNegotiation: { mode: options.mode ?? 'legacy' } },
  );
  await client.connect(transport);
  await client.listTools();
  const { pid } = transport;
  if (pid === null) throw new Error('the server has no process');
  return {
    client,
    pid,
    call: async (name, given) => replyOf(await client.callTool({ name, arguments: { ...given } })),
    close: async () => await client.close(),
  };
}

function replyOf({ isError = false, content, structuredContent }: CallToolResult): Reply {
  const text = content.map((part) => (part.type === 'text' ? part.text : `(${part.type})`)).join('\n');
  return { isError, text, document: structuredContent as Document };
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { main } from '../../src/cli/main.js';
import type { Case } from './read-cases.js';

export type Outcome = {
  readonly one: Case;
  readonly answer: string;
  readonly isStopped: boolean;
  readonly unnamed: readonly string[];
};

/** The folder that the agents of the cases work in. */
const FILES: Readonly<Record<string, string>> = {
  'good/package.json': '{\n  "name": "good",\n  "dependencies": {\n    "express": "^4.18.0"\n  }\n}\n',
  'bad/package.json': '{\n  "name": "bad",\n  "dependencies": {\n    "zq-in-bad": "^1.0.0"\n  }\n}\n',
  'setup.sh': '#!/bin/sh\nset -e\nnpm i zq-in-setup "$@"\n',
  '.phantom-guard/preinstall.cjs': 'x\n',
  'web/.keep': '',
};

/** Puts each case to the hook in this process; the registry is on loopback, and knows no name. */
export async function runCases(cases: readonly Case[]): Promise<readonly Outcome[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'phantom-guard-agents-'));
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  const server = createServer((_, response) => response.writeHead(404).end('{}'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    const outcomes: Outcome[] = [];
    for (const one of cases) outcomes.push(await runCase(one, folder, registry));
    return outcomes;
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runCase(one: Case, folder: string, registry: string): Promise<Outcome> {
  const out: string[] = [];
  const words = [
    'agent-hook',
    '--registry',
    registry,
    '--downloads-url',
    'none',
    '--cache-dir',
    path.join(folder, '.cache'),
  ];
  const env = { PATH: process.env['PATH'], HOME: folder, npm_config_registry: registry };
  const { status } = await main(words, {
    cwd: folder,
    env,
    cacheSecret: null,
    home: folder,
    platform: process.platform,
    stdin: Readable.from([JSON.stringify({ ...one.input, cwd: folder })]),
    stdout: { isTTY: false, write: (text) => out.push(text) },
    stderr: new Writable({ write: (_chunk, _encoding, done) => done() }),
    nowMs: Date.now,
    elapsedMs: () => performance.now(),
    signal: new AbortController().signal,
  });
  const answer = out.join('');
  const isStopped = status === 2 || /"(?:permissionDecision|permission)":"(?:deny|ask)"/.test(answer);
  return { one, answer, isStopped, unnamed: one.names.filter((name) => !answer.includes(`\`${name}\``)) };
}

import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GuardError } from '../errors.js';
import { guardForHooks } from '../selftest/guard-for-hooks.js';
import { judgeWay, type WayResult } from '../selftest/judge-way.js';
import { readWiring, type Wiring } from '../selftest/read-wiring.js';
import { type SelftestRegistry, startRegistry } from '../selftest/registry.js';
import { renderSelftest, type SelftestReport } from '../selftest/render.js';
import { CONTROL, SQUAT } from '../selftest/subjects.js';
import { cliFile, tryWay } from '../selftest/try-way.js';
import { type Way, waysToTry } from '../selftest/ways.js';
import type { Io } from './io.js';
import type { CommandResult } from './main.js';
import type { CheckOptions } from './options.js';
import { type Progress, startProgress } from './progress.js';
import { TOOL } from './tool.js';

/**
 * `selftest`: tries a harmless package through every way in, and says which are stopped. Both packages, their registry
 * and all that npm writes are in a temporary folder; what is used of the user's is the PATH and npm's configuration.
 *
 * @throws GuardError NO_MANAGER, INTERRUPTED
 */
export async function runSelftest(
  operands: readonly string[],
  options: CheckOptions,
  io: Io,
): Promise<CommandResult> {
  if (operands.length > 0)
    throw new GuardError('USAGE', 'selftest takes no operand', 'phantom-guard-install selftest');
  if (!existsSync(cliFile()))
    throw new GuardError('INTERNAL', `${cliFile()} is missing`, 'Install phantom-guard-install again.');
  const base = await mkdtemp(path.join(tmpdir(), 'phantom-guard-selftest-'));
  const registry = await startRegistry([SQUAT, CONTROL], io.nowMs());
  const progress = startProgress(io, options.quiet, (done, total) => `tried ${done} of ${total} ways in`);
  try {
    await writeFile(path.join(base, 'package.json'), '{}');
    const wiring = await readWiring(io.cwd, io.env, base);
    const ways = await tryAll({ wiring, base, registry, progress, io });
    const status = ways.every(({ ok }) => ok) ? 'stopped' : 'not-stopped';
    return toResult({ status, npmVersion: wiring.npmVersion, ways }, options);
  } finally {
    progress.end();
    await registry.close();
    await rm(base, { recursive: true, force: true });
  }
}

type Session = {
  readonly wiring: Wiring;
  readonly base: string;
  readonly registry: SelftestRegistry;
  readonly progress: Progress;
  readonly io: Io;
};

async function tryAll(session: Session): Promise<readonly WayResult[]> {
  const { wiring, progress } = session;
  const ways = waysToTry(wiring.hooks.isCalled && wiring.hooks.file !== 'missing');
  const results: WayResult[] = [];
  for (const way of ways) {
    progress.report(results.length, ways.length);
    results.push(await tryOne(session, way, String(results.length)));
  }
  return results;
}

async function tryOne({ wiring, base, registry, io }: Session, way: Way, id: string): Promise<WayResult> {
  const { signal, cwd } = io;
  const home = path.join(base, `${id}-guard`);
  const env = way.kind === 'hooks' ? await guardForHooks(wiring.hooks, cwd, home, io.env) : io.env;
  const attempt = { way, registry, env, hooksOf: cwd, signal };
  const [squat, control] = await Promise.all(
    [SQUAT, CONTROL].map((subject) =>
      tryWay({ ...attempt, subject, folder: path.join(base, `${id}-${subject.name}`) }),
    ),
  );
  if (signal.aborted || squat === undefined || control === undefined) throw interrupted();
  return judgeWay(way, wiring.guardsOf(way), squat, control);
}

function interrupted(): GuardError {
  return new GuardError('INTERRUPTED', 'the self-test was interrupted', 'Nothing of it is left on the disk.');
}

function toResult(report: SelftestReport, { format }: CheckOptions): CommandResult {
  const { npmVersion, ...rest } = report;
  const document = { schemaVersion: 1, tool: TOOL, npm: { version: npmVersion }, ...rest };
  const text = format === 'json' ? `${JSON.stringify(document, null, 2)}\n` : renderSelftest(report);
  return { text, status: report.status === 'stopped' ? 0 : 1 };
}

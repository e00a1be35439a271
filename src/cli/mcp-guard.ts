import { stat } from 'node:fs/promises';
import path from 'node:path';
import { GuardError } from '../errors.js';
import type { CallContext, Guard } from '../mcp/guard.js';
import { withoutForeignText } from '../mcp/harmless.js';
import { findEstablished } from '../names/find-established.js';
import { loadNameData } from '../names/load-name-data.js';
import type { NameData } from '../names/name-data.js';
import { NO_NAME_DATA } from '../names/no-name-data.js';
import { parseSpecs } from '../specs/parse-specs.js';
import type { Io } from './io.js';
import { judgeAndReport } from './judge-and-report.js';
import type { CheckOptions } from './options.js';
import { reportOn } from './report-on.js';
import { explainSpec } from './run-explain.js';
import { TOOL } from './tool.js';

/** The guard as the MCP server calls it: with the options that the server was started with, which no call can change. */
export function createMcpGuard(started: CheckOptions, io: Io): Guard {
  const options = { ...withAbsolutePaths(started, io.cwd), quiet: true };
  let names: NameData | null = null;
  const place = async ({ directory = '.', signal }: CallContext): Promise<Io> => ({
    ...io,
    cwd: await folderAt(path.resolve(io.cwd, directory)),
    stdout: { isTTY: false, write: () => undefined },
    signal: AbortSignal.any([io.signal, signal]),
  });
  return {
    tool: TOOL,
    validate: async (specs, { manager = null }, context) => {
      const there = await place(context);
      const tree = parseSpecs(specs, there.cwd);
      return (await judgeAndReport(tree, { ...options, all: true }, there, { manager })).report;
    },
    check: async (target, { since = null, all = false }, context) =>
      await reportOn(path.resolve(io.cwd, target), { ...options, since, all }, await place(context)),
    explain: async (spec, context) =>
      await explainSpec(spec, options, await place(context), (verdict) => ({
        ...verdict,
        signals: verdict.signals.map(withoutForeignText),
      })),
    findEstablished: (asked) => {
      names ??= options.useData ? loadNameData() : NO_NAME_DATA;
      return findEstablished(asked, names);
    },
    reportDefect: (thrown) => {
      const trace = thrown instanceof Error ? thrown.stack : String(thrown);
      io.stderr.write(`phantom-guard-install: ${trace}\n`);
    },
  };
}

function withAbsolutePaths(options: CheckOptions, cwd: string): CheckOptions {
  const absolute = (file: string | null) => (file === null ? null : path.resolve(cwd, file));
  return { ...options, config: absolute(options.config), cacheDir: absolute(options.cacheDir) };
}

async function folderAt(folder: string): Promise<string> {
  const found = await stat(folder).catch(() => null);
  if (found?.isDirectory() === true) return folder;
  throw new GuardError('INPUT_NOT_FOUND', `${folder} is no folder`, 'name the folder of the project');
}

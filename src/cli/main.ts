import { GuardError } from '../errors.js';
import type { Report } from '../model/report.js';
import { withoutSecrets } from '../model/secrets.js';
import { buildErrorReport, exitStatus, toReportedError } from '../report/build-report.js';
import type { Format } from '../report/formats.js';
import { withoutCommands } from '../report/github/without-commands.js';
import { sanitize } from '../report/sanitize.js';
import { supportsColor } from './color.js';
import { renderHelp } from './help.js';
import { hookIo, isHook, withHookOptions } from './hook-command.js';
import type { Io } from './io.js';
import type { CheckOptions } from './options.js';
import { defaultFormat, guessFormat, type Invocation, parseCommandLine } from './parse-command-line.js';
import { TOOL } from './tool.js';
import { renderReport, writeResult } from './write-result.js';

/** What a command hands back: the text for stdout (or `--output`) and the exit status. */
export type CommandResult = { readonly text: string; readonly status: 0 | 1 | 2 };

/** How the program ends: a wrapping command as the program that it wraps, signal included. */
export type ProgramEnding = { readonly status: number; readonly signal: NodeJS.Signals | null };

/** Runs one command line. Never rejects: whatever happens ends as a report and an exit status. */
export async function main(words: readonly string[], processIo: Io): Promise<ProgramEnding> {
  const argv = withHookOptions(words, processIo);
  const io = isHook(words[0]) ? hookIo(processIo) : processIo;
  let options: CheckOptions | null = null;
  let isWrapping = false;
  try {
    const invocation = parseCommandLine(argv, defaultFormat(io.env));
    const { command } = invocation;
    isWrapping = isWrappingCommand(command);
    options = { ...invocation.options, color: hasColor(invocation.options, io, isWrapping) };
    if (isWrappingCommand(command)) {
      return await runOther(command, { ...invocation, options }, io);
    }
    const { text, status } = await run({ ...invocation, options, command }, io);
    await writeResult(text, options.output, io);
    return { status, signal: null };
  } catch (thrown) {
    const format = options?.format ?? guessFormat(argv, defaultFormat(io.env));
    // What a wrapped program prints is all that belongs on stdout.
    const told = isWrapping ? { ...io, stdout: io.stderr } : io;
    return { status: await reportFailure(thrown, format, options?.output ?? null, told), signal: null };
  }
}

function hasColor({ color, output }: CheckOptions, io: Io, isWrapping: boolean): boolean {
  const target = isWrapping ? { env: io.env, stdout: io.stderr } : io;
  return color && output === null && supportsColor(target);
}

type Wrapping = 'npm' | 'npx' | 'pnpm' | 'pnpx' | 'install';
type Own = Omit<Invocation, 'command'> & { readonly command: Exclude<Invocation['command'], Wrapping> };

function isWrappingCommand(command: Invocation['command']): command is Wrapping {
  return ['npm', 'npx', 'pnpm', 'pnpx', 'install'].includes(command);
}

async function runOther(
  command: Wrapping,
  { operands, options }: Invocation,
  io: Io,
): Promise<ProgramEnding> {
  const program =
    command === 'install' ? await (await import('./manager-here.js')).managerHere(io.cwd) : command;
  const argv = command === 'install' ? ['install'] : operands;
  if (program === 'pnpm' || program === 'pnpx')
    return await (await import('./run-pnpm.js')).runPnpm(program, argv, options, io);
  const { startNpm } = await import('./npm-start.js');
  const start = await startNpm(program === 'npx' ? ['exec'] : argv, options, io);
  try {
    const { runWrapped } = await import('./run-wrapped.js');
    return await runWrapped(program, argv, start, options, io);
  } finally {
    start.ready.dismiss();
  }
}

async function run(invocation: Own, io: Io): Promise<CommandResult> {
  const { command, operands, options } = invocation;
  switch (command) {
    case 'help':
      return { text: toldAs(renderHelp(), { help: renderHelp() }, options), status: 0 };
    case 'version':
      return { text: toldAs(`${TOOL.version}\n`, {}, options), status: 0 };
    case 'check':
      return await (await import('./run-check.js')).runCheck(operands, options, io);
    case 'validate':
      return await (await import('./run-validate.js')).runValidate(operands, options, io);
    case 'explain':
      return await (await import('./run-explain.js')).runExplain(operands, options, io);
    case 'accept':
      return await (await import('./run-accept.js')).runAccept(operands, options, io);
    case 'init':
      return await (await import('./run-init.js')).runInit(operands, options, io);
    case 'scan':
      return await (await import('./run-scan.js')).runScan(operands, options, io);
    case 'preinstall':
      return await (await import('./run-preinstall.js')).runPreinstall(operands, options, io);
    case 'internal-gate':
      return await (await import('./run-gate.js')).runGate(operands, options, io);
    case 'doctor':
      return await (await import('./run-doctor.js')).runDoctor(operands, options, io);
    case 'selftest':
      return await (await import('./run-selftest.js')).runSelftest(operands, options, io);
    case 'mcp':
      return await (await import('./run-mcp.js')).runMcp(operands, options, io);
    case 'agent-hook':
      return await (await import('./agent-hook/run-agent-hook.js')).runAgentHook(operands, options, io);
    case 'cache':
      return await (await import('./run-cache.js')).runCache(operands, options, io);
  }
}

function toldAs(text: string, data: object, { format }: CheckOptions): string {
  return format === 'json' ? `${JSON.stringify({ schemaVersion: 1, tool: TOOL, ...data }, null, 2)}\n` : text;
}

/**
 * On failure a document still goes where results go; what a person reads goes to stderr, so that stdout holds results only.
 */
async function reportFailure(
  thrown: unknown,
  format: Format,
  output: string | null,
  io: Io,
): Promise<0 | 1 | 2> {
  const report: Report = buildErrorReport(TOOL, toReportedError(thrown));
  if (format !== 'text') await writeFailure(thrown, report, format, output, io);
  if (format !== 'json') io.stderr.write(describeFailure(thrown, report));
  return exitStatus(report);
}

async function writeFailure(
  thrown: unknown,
  report: Report,
  format: Format,
  output: string | null,
  io: Io,
): Promise<void> {
  const text =
    format === 'github'
      ? (await import('../report/github/render-annotations.js')).renderAnnotations(report, new Map())
      : await renderReport(report, { format, ...PLAIN, output }, io, null);
  const isUnwritable = thrown instanceof GuardError && thrown.code === 'OUTPUT_UNWRITABLE';
  await writeResult(text, isUnwritable ? null : output, io).catch(() => io.stdout.write(text));
}

const PLAIN = { color: false, quiet: false, verbose: false } as const;

function describeFailure(thrown: unknown, { error }: Report): string {
  const trace =
    thrown instanceof GuardError || !(thrown instanceof Error)
      ? []
      : withoutSecrets(`${thrown.stack}`).split('\n');
  const told = error === null ? [] : [`phantom-guard-install: ${error.message} (${error.code})`, error.hint];
  // The log of a job on GitHub has it, whatever the format of the report.
  return withoutCommands([...told, ...trace].map((line) => `${sanitize(line)}\n`).join(''));
}

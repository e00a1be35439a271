import { parseArgs } from 'node:util';
import { GuardError } from '../errors.js';
import { allFormats, type Format } from '../report/formats.js';
import { type CommandName, isCommand, wrapsAnother } from './commands.js';
import { type CheckOptions, OPTIONS, type OptionName } from './options.js';

/** A command line, understood. */
export type Invocation = {
  readonly command: CommandName | 'help' | 'version' | 'install';
  readonly operands: readonly string[];
  readonly options: CheckOptions;
};

type Values = Readonly<Partial<Record<OptionName, string | boolean>>>;

const DEFAULT_CONCURRENCY = 64;
const DEFAULT_TIMEOUT_MS = 300_000;
/** The longest time that a timer of Node can wait, 24 days; also the most of anything that can be counted here. */
const MOST = 2 ** 31 - 1;
const USAGE_HINT = 'phantom-guard-install --help lists the commands and options';

/** Commands whose result is a verdict on packages. */
const CHECKING: ReadonlySet<string> = new Set([
  'check',
  'validate',
  'preinstall',
  'npm',
  'npx',
  'pnpm',
  'pnpx',
  'install',
]);

/** The format of a checking command that names none. */
export function defaultFormat(env: Readonly<Record<string, string | undefined>>): Format {
  return env['GITHUB_ACTIONS'] ? 'github' : 'text';
}

/**
 * Reads the arguments after the program's name.
 * @param checkFormat the format of a checking command that names none
 * @throws GuardError USAGE
 */
export function parseCommandLine(argv: readonly string[], checkFormat: Format = 'text'): Invocation {
  const { invocation, values } = parseInvocation(argv);
  if (values.format !== undefined || !CHECKING.has(invocation.command)) return invocation;
  return { ...invocation, options: { ...invocation.options, format: checkFormat } };
}

type Parsed = { readonly invocation: Invocation; readonly values: Values };

function parseInvocation(argv: readonly string[]): Parsed {
  const first = firstOperand(argv);
  if (first !== null && isCommand(first.word) && wrapsAnother(first.word))
    return parseWrapping(first.word, argv.slice(0, first.index), argv.slice(first.index + 1));
  const { values, positionals } = parseStrictly(argv);
  const options = readOptions(values);
  const [name, ...operands] = positionals;
  return { invocation: { ...commandOf(name, operands, values), options }, values };
}

/** What stands before the other program's word is ours, what follows is its. */
function parseWrapping(name: CommandName, own: readonly string[], operands: readonly string[]): Parsed {
  const { values } = parseStrictly(own);
  const options = readOptions(values);
  return { invocation: { command: requireFitting(name, values), operands, options }, values };
}

function commandOf(
  name: string | undefined,
  operands: readonly string[],
  values: Values,
): Omit<Invocation, 'options'> {
  if (values.version === true) return { command: 'version', operands: [] };
  if (values.help === true) return { command: 'help', operands: [] };
  if (name === undefined) return { command: 'install', operands: [] };
  if (!isCommand(name)) throw usage(`there is no command "${name}"`);
  return { command: requireFitting(name, values), operands };
}

/** The format that was asked for, as far as it can be told from arguments that may be wrong. */
export function guessFormat(argv: readonly string[], checkFormat: Format = 'text'): Format {
  const asked = argv
    .flatMap((argument, index) => {
      if (argument === '--format') return [argv[index + 1]];
      return argument.startsWith('--format=') ? [argument.slice('--format='.length)] : [];
    })
    .at(-1);
  return allFormats.find((format) => format === asked) ?? checkFormat;
}

function parseStrictly(argv: readonly string[]): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (cause) {
    throw new GuardError('USAGE', cause instanceof Error ? cause.message : String(cause), USAGE_HINT, cause);
  }
}

function firstOperand(argv: readonly string[]): { readonly word: string; readonly index: number } | null {
  const { tokens } = parseArgs({
    args: [...argv],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const token = tokens.find(({ kind }) => kind === 'positional');
  return token?.kind === 'positional' ? { word: token.value, index: token.index } : null;
}

/** Options of one command only are refused where another would pass over them. */
function requireFitting(command: CommandName, values: Values): CommandName {
  if (values.since !== undefined && command !== 'check') throw sinceElsewhere(command);
  if (values.docs === true && command !== 'check')
    throw usage(`--docs is an option of check, not of ${command}`);
  return command;
}

function readOptions(values: Values): CheckOptions {
  return {
    format: readFormat(values),
    output: text(values.output),
    failOn: readFailOn(text(values['fail-on'])),
    config: text(values.config),
    since: readRef(text(values.since)),
    offline: values.offline === true,
    registry: readUrl('registry', text(values.registry)),
    downloadsUrl:
      values['downloads-url'] === 'none' ? 'none' : readUrl('downloads-url', text(values['downloads-url'])),
    cacheDir: text(values['cache-dir']),
    useCache: values['no-cache'] !== true,
    useData: values['no-data'] !== true,
    verifyIntegrity: values['verify-integrity'] === true,
    concurrency: readCount('concurrency', values.concurrency, DEFAULT_CONCURRENCY),
    timeoutMs: readCount('timeout-ms', values['timeout-ms'], DEFAULT_TIMEOUT_MS),
    all: values.all === true,
    quiet: values.quiet === true,
    verbose: values.verbose === true,
    color: values['no-color'] !== true,
    workers: readWorkers(values.workers),
    yes: values.yes === true,
    undo: values.undo === true,
    configDependency: values['config-dependency'] === true,
    reason: text(values.reason),
    expires: text(values.expires),
    global: values.global === true,
    docs: values.docs === true,
    names: text(values.names),
    agent: text(values.agent),
    install: text(values.install),
  };
}

function readFailOn(value: string | null): CheckOptions['failOn'] {
  return value === null ? null : oneOf('fail-on', value, ['high-risk', 'suspicious']);
}

function readFormat(values: Values): Format {
  return oneOf('format', text(values.format) ?? 'text', allFormats);
}

/** An empty ref is an unset variable of a script, and must not become a check of everything or nothing. */
function readRef(value: string | null): string | null {
  if (value === '') throw usage('--since needs a branch, tag or commit, and got an empty word');
  return value;
}

function readUrl(option: OptionName, value: string | null): string | null {
  if (value === null) return null;
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw usage(`--${option} needs an http or https URL`);
  }
  return value;
}

function readCount(
  option: OptionName,
  value: string | boolean | undefined,
  fallback: number,
  least = 1,
): number {
  if (value === undefined) return fallback;
  const count = Number(value);
  if (!/^\d+$/.test(String(value)) || !Number.isSafeInteger(count) || count < least) {
    throw usage(`--${option} needs a whole number of at least ${least}, not "${value}"`);
  }
  return Math.min(count, MOST);
}

/** `null` = as many as pay. */
function readWorkers(value: string | boolean | undefined): number | null {
  return value === undefined || value === 'auto' ? null : readCount('workers', value, 0, 0);
}

function oneOf<const T extends string>(option: OptionName, value: string, allowed: readonly T[]): T {
  const match = allowed.find((candidate) => candidate === value);
  if (match === undefined) throw usage(`--${option} is one of ${allowed.join(', ')}, not "${value}"`);
  return match;
}

function text(value: string | boolean | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function usage(message: string): GuardError {
  return new GuardError('USAGE', message, USAGE_HINT);
}

function sinceElsewhere(command: CommandName): GuardError {
  return new GuardError(
    'USAGE',
    `--since compares lockfiles, and ${command} reads none`,
    'phantom-guard-install check --since GIT-REF',
  );
}

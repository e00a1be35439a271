import type { Handler } from './run-call.js';
import { type Call, childScope, HOLE, isKnown, NO_INPUT, type Reading } from './scope.js';

const SHELL: Handler = (call, reading) => runShell(call, reading);

/** Programs that take commands as text. */
export const SHELLS: Readonly<Record<string, Handler>> = {
  ...Object.fromEntries(
    ['sh', 'bash', 'zsh', 'dash', 'ksh', 'ash', 'mksh', 'fish', 'rbash', 'yash', 'csh', 'tcsh', 'elvish'].map(
      (name) => [name, SHELL],
    ),
  ),
  source: runSourced,
  '.': runSourced,
  pwsh: (call, reading) => runOther(call, reading),
  powershell: (call, reading) => runOther(call, reading),
  cmd: (call, reading) => {
    const at = call.words.findIndex((word) => /^\/[ck]$/i.test(word));
    if (at > 0) reading.runText(call.words.slice(at + 1).join(' '), childScope(call.scope), call.input);
  },
};

/** `-c TEXT`, a file, or what comes in on stdin. */
function runShell(call: Call, reading: Reading): void {
  const { input } = call;
  const { letters, operands } = cutShell(call.words.slice(1));
  const [first, ...rest] = operands;
  if (letters.includes('c')) runKnownText(first ?? '', rest, call, reading);
  else if (first !== undefined && !letters.includes('s')) runFile(first, rest, call, reading);
  else if (input.kind === 'text') runKnownText(input.text, ['sh', ...operands], call, reading);
}

/** The letters of the options, and what follows them. */
function cutShell(args: readonly string[]): {
  readonly letters: string;
  readonly operands: readonly string[];
} {
  let letters = '';
  let at = 0;
  for (; at < args.length && /^[-+]./.test(args[at] ?? ''); at += 1) {
    const word = args[at] ?? '';
    if (word === '--') return { letters, operands: args.slice(at + 1) };
    if (/^-[a-zA-Z]+$/.test(word)) letters += word.slice(1);
    if (word === '--command') letters += 'c';
    if (/^(?:[-+][oO]|--rcfile|--init-file)$/.test(word)) at += 1;
  }
  return { letters, operands: args.slice(at) };
}

function runKnownText(
  text: string,
  positional: readonly string[],
  { scope, input, assigned }: Call,
  reading: Reading,
): void {
  if (startsUnknown(text)) reading.runsUnknown = true;
  const inner = childScope(scope, { positional: positional.length === 0 ? ['sh'] : positional });
  for (const [name, value] of assigned) inner.vars.set(name, value);
  reading.runText(text, inner, input.kind === 'text' && text === input.text ? NO_INPUT : input);
}

/** Whether a command of the text is one that isn't known. */
function startsUnknown(text: string): boolean {
  return text.split(/[;&|\n(]/).some((command) => command.trimStart().startsWith(HOLE));
}

function runFile(file: string, rest: readonly string[], call: Call, reading: Reading): void {
  const text = reading.files.get(file);
  if (text !== undefined) runKnownText(text, [file, ...rest], call, reading);
  else if (file === HOLE) reading.runsUnknown = true;
  else if (isKnown(file)) reading.findings.push({ kind: 'script', file, place: call.scope.where.place });
}

function runSourced(call: Call, reading: Reading): void {
  const [, file, ...rest] = call.words;
  if (file !== undefined) runFile(file, rest, call, reading);
}

/** Their language isn't read; what looks like commands of a POSIX shell in it is. */
function runOther(call: Call, reading: Reading): void {
  const at = call.words.findIndex((word) => /^-(?:c|command)$/i.test(word));
  const words = call.words.slice(at > 0 ? at + 1 : 1).filter((word) => at > 0 || !word.startsWith('-'));
  if (words.length > 0) reading.runText(words.join(' '), childScope(call.scope), call.input);
}

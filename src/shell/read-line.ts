import type { ShellFinding, Unclear } from './finding.js';
import { LONGEST_LINE, namesManager } from './may-install.js';
import { runCall } from './run-call.js';
import { type Call, type Input, NO_INPUT, type Reading, type Scope } from './scope.js';

/** How the text of a line becomes calls of programs. */
export type Walker = {
  /** Reads a text as a shell would, in this scope. */
  readonly walkText: (text: string, scope: Scope, input: Input, reading: Reading) => void;
  /** Runs a function of the line; `false` where there is none of that name. */
  readonly walkFunction: (words: readonly string[], scope: Scope, input: Input, reading: Reading) => boolean;
  /** What nobody called may be called later. */
  readonly walkUncalled: (scope: Scope, reading: Reading) => void;
};

/** What a line does, as far as this walker follows it. Pure; never throws, whatever the text. */
export function readLine(line: string, walker: Walker): readonly ShellFinding[] {
  const tooMuch: ShellFinding = { kind: 'unclear', why: 'too-complex', text: line.slice(0, 200) };
  if (line.length > LONGEST_LINE) return namesManager(line) ? [tooMuch] : [];
  try {
    return findIn(line, walker);
  } catch {
    // The stack is full; whoever nests that deep has something to hide.
    return [tooMuch];
  }
}

function findIn(line: string, walker: Walker): readonly ShellFinding[] {
  const reading = startReading(walker);
  const scope: Scope = {
    // What a shell starts with, and lines are written without blanks by.
    vars: new Map([['IFS', ' ']]),
    aliases: new Map(),
    positional: null,
    where: { place: '.' },
    isConditional: false,
    depth: 0,
  };
  walker.walkText(line, scope, NO_INPUT, reading);
  walker.walkUncalled(scope, reading);
  const note = (why: Unclear): unknown => reading.findings.unshift({ kind: 'unclear', why, text: line });
  if (reading.runsUnknown && reading.decodes) note('hidden-text');
  if (reading.hasErrors && namesManager(line)) note('syntax');
  return distinct(reading.findings);
}

function startReading(walker: Walker): Reading {
  const reading: Reading = {
    findings: [],
    functions: new Map(),
    called: new Set(),
    files: new Map(),
    changesProject: false,
    decodes: false,
    runsUnknown: false,
    steps: 0,
    parsed: 0,
    hasErrors: false,
    runText: (text, scope, input) => walker.walkText(text, scope, input, reading),
    runCall: (call) => {
      const words = withAlias(call);
      if (!walker.walkFunction(words, call.scope, call.input, reading)) runCall({ ...call, words }, reading);
    },
  };
  return reading;
}

function withAlias({ words: [first = '', ...rest], scope }: Call): readonly string[] {
  const meant = scope.aliases.get(first);
  return meant === undefined ? [first, ...rest] : [...meant, ...rest];
}

/** A loop finds the same more than once. */
function distinct(findings: readonly ShellFinding[]): readonly ShellFinding[] {
  const seen = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return [...seen.values()];
}

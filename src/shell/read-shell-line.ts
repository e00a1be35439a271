import type { ShellFinding, Unclear } from './finding.js';
import { LONGEST_LINE, namesManager } from './may-install.js';
import { runCall } from './run-call.js';
import { type Call, NO_INPUT, type Reading, type Scope } from './scope.js';
import { walkFunction, walkText, walkUncalled } from './walk.js';

/**
 * What a line of a POSIX shell or bash would install, run from the registry or write into a package.json, and what of that can't
 * be told from the line. Pure; never throws, whatever the text.
 */
export function readShellLine(line: string): readonly ShellFinding[] {
  const tooMuch: ShellFinding = { kind: 'unclear', why: 'too-complex', text: line.slice(0, 200) };
  if (line.length > LONGEST_LINE) return namesManager(line) ? [tooMuch] : [];
  try {
    return findIn(line);
  } catch {
    // The stack is full; whoever nests that deep has something to hide.
    return [tooMuch];
  }
}

function findIn(line: string): readonly ShellFinding[] {
  const reading = startReading();
  const scope: Scope = {
    // What a shell starts with, and lines are written without blanks by.
    vars: new Map([['IFS', ' ']]),
    aliases: new Map(),
    positional: null,
    where: { place: '.' },
    isConditional: false,
    depth: 0,
  };
  walkText(line, scope, NO_INPUT, reading);
  walkUncalled(scope, reading);
  const note = (why: Unclear): unknown => reading.findings.unshift({ kind: 'unclear', why, text: line });
  if (reading.runsUnknown && reading.decodes) note('hidden-text');
  if (reading.hasErrors && namesManager(line)) note('syntax');
  return distinct(reading.findings);
}

function startReading(): Reading {
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
    runText: (text, scope, input) => walkText(text, scope, input, reading),
    runCall: (call) => {
      const words = withAlias(call);
      if (!walkFunction(words, call.scope, call.input, reading)) runCall({ ...call, words }, reading);
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

import type { Function as ShellFunction } from 'unbash';
import type { Place, ShellFinding } from './finding.js';

/** Stands in a word for what the line doesn't show. No argument of a program can hold this character. */
export const HOLE = '\u0000';

export function isKnown(word: string): boolean {
  return !word.includes(HOLE);
}

/** What a shell knows while it runs a line, as far as the line itself says it. */
export type Scope = {
  readonly vars: Map<string, string>;
  readonly aliases: Map<string, readonly string[]>;
  /** `$0`, `$1` and the rest; `null` = given from outside. */
  readonly positional: readonly string[] | null;
  readonly where: { place: Place };
  /** Whether what is run here may as well not be run. */
  readonly isConditional: boolean;
  /** How many shells and functions deep. */
  readonly depth: number;
};

/** What a command reads: a text, which may have holes, or nothing of the line. */
export type Input = { readonly kind: 'none' } | { readonly kind: 'text'; readonly text: string };

export const NO_INPUT: Input = { kind: 'none' };

/** One simple command, its words expanded. */
export type Call = {
  /** The program first. */
  readonly words: readonly string[];
  readonly scope: Scope;
  readonly input: Input;
  /** Variables that are set for this command alone. */
  readonly assigned: ReadonlyMap<string, string>;
};

/** One reading of a line: what its commands share, and how a command runs another. */
export type Reading = {
  readonly findings: ShellFinding[];
  readonly functions: Map<string, ShellFunction>;
  readonly called: Set<string>;
  /** Files that the line writes; text may have holes. */
  readonly files: Map<string, string>;
  /** Something in the line changes the files of a project in a way that can't be told. */
  changesProject: boolean;
  /** Something in the line decodes or rewrites text. */
  decodes: boolean;
  /** A text that isn't known is run as commands. */
  runsUnknown: boolean;
  steps: number;
  /** Characters that were parsed. */
  parsed: number;
  /** Something was no shell. */
  hasErrors: boolean;
  readonly runText: (text: string, scope: Scope, input: Input) => void;
  readonly runCall: (call: Call) => void;
};

/** A subshell: it sees what is set, and what it sets is gone afterwards. */
export function childScope(scope: Scope, change: Partial<Pick<Scope, 'positional' | 'where'>> = {}): Scope {
  return {
    ...scope,
    vars: new Map(scope.vars),
    aliases: new Map(scope.aliases),
    where: { ...scope.where },
    ...change,
  };
}

/** The same variables, seen from a branch that may not be taken. */
export function branchScope(scope: Scope): Scope {
  return { ...scope, isConditional: true };
}

export function setVariable(scope: Scope, name: string, value: string): void {
  const before = scope.vars.get(name);
  const isSure = !scope.isConditional || before === undefined || before === value;
  scope.vars.set(name, isSure ? value : HOLE);
}

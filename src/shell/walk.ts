import {
  type Assignment,
  type CommandNode,
  type CompoundCommand,
  type CompoundList,
  forEachChild,
  type ParsedScript,
  type Pipeline,
  parse,
  type Redirection,
  type Command as ShellCommand,
  type Statement,
  type SyntaxNode,
  type Word,
} from 'unbash';
import { expandText, expandWord } from './expand-word.js';
import { namesManager } from './may-install.js';
import { printOf } from './print-of.js';
import { inputOf, printedBy, substituted } from './printed-by.js';
import {
  branchScope,
  childScope,
  HOLE,
  type Input,
  isKnown,
  NO_INPUT,
  type Reading,
  type Scope,
  setVariable,
} from './scope.js';
import { noteWrite } from './writes.js';

type Node = Statement['command'] | CommandNode;
type Loop = Extract<CompoundCommand, { readonly type: 'For' | 'Select' }>;

const MOST_STEPS = 3000;
const MOST_PARSED = 1_000_000;
const DEEPEST = 24;
/** Words of a `for` that are gone through one by one. */
const MOST_ROUNDS = 64;

/** Reads a text as a shell would, in this scope. */
export function walkText(text: string, scope: Scope, input: Input, reading: Reading): void {
  reading.parsed += text.length;
  if (scope.depth >= DEEPEST || reading.parsed > MOST_PARSED) {
    noteTooMuch(reading);
    return;
  }
  const script = parse(text);
  if ((script.errors?.length ?? 0) > 0 && namesManager(text)) reading.hasErrors = true;
  walkAll(script.commands, { ...scope, depth: scope.depth + 1 }, input, reading);
}

function noteTooMuch({ findings }: Reading): void {
  findings.push({ kind: 'unclear', why: 'too-complex', text: '' });
}

/** What nobody called may be called later. */
export function walkUncalled(scope: Scope, reading: Reading): void {
  for (const [name, { body }] of [...reading.functions])
    if (!reading.called.has(name)) walkBody(body, childScope(scope, { positional: null }), NO_INPUT, reading);
}

/** Runs a function of the line; `false` where there is none of that name. */
export function walkFunction(
  words: readonly string[],
  scope: Scope,
  input: Input,
  reading: Reading,
): boolean {
  const [name = ''] = words;
  const found = reading.functions.get(name);
  if (found === undefined) return false;
  reading.called.add(name);
  if (scope.depth < DEEPEST)
    walkBody(found.body, { ...scope, positional: words, depth: scope.depth + 1 }, input, reading);
  return true;
}

function walkAll(statements: readonly Statement[], scope: Scope, input: Input, reading: Reading): void {
  for (const { command } of statements) walkNode(command, scope, input, reading);
}

type Body = Extract<CommandNode, { readonly type: 'Function' | 'Coproc' }>['body'];

function walkBody(body: Body, scope: Scope, input: Input, reading: Reading): void {
  if (body.type === 'CompoundList') walkAll(body.commands, scope, input, reading);
  else walkNode(body, scope, input, reading);
}

function walkNode(node: Node, scope: Scope, input: Input, reading: Reading): void {
  reading.steps += 1;
  if (reading.steps > MOST_STEPS) {
    if (reading.steps === MOST_STEPS + 1) noteTooMuch(reading);
    return;
  }
  switch (node.type) {
    case 'Command':
      walkCommand(node, scope, input, reading);
      break;
    case 'Pipeline':
      walkPipeline(node, scope, input, reading);
      break;
    case 'AndOr':
      for (const [index, one] of node.commands.entries())
        walkNode(one, index === 0 ? scope : branchScope(scope), input, reading);
      break;
    case 'Function':
      reading.functions.set(node.name.value, node);
      break;
    case 'Coproc':
      walkBody(node.body, childScope(scope), input, reading);
      break;
    case 'Redirected':
      walkNode(node.command, scope, inputOf(node.redirects, scope, input, reading.files), reading);
      walkRedirects(
        node.redirects,
        () => printedBy(node.command, scope, input, reading.files),
        scope,
        reading,
      );
      break;
    default:
      walkCompound(node, scope, input, reading);
  }
}

function walkCompound(node: CompoundCommand, scope: Scope, input: Input, reading: Reading): void {
  const walkIn = (list: CompoundList | undefined, own: Scope): void =>
    walkAll(list?.commands ?? [], own, input, reading);
  const inBranch = branchScope(scope);
  switch (node.type) {
    case 'Subshell':
      walkIn(node.body, childScope(scope));
      break;
    case 'BraceGroup':
      walkIn(node.body, scope);
      break;
    case 'If':
      for (const { clause, then } of [node, ...node.elif])
        for (const list of [clause, then]) walkIn(list, inBranch);
      walkIn(node.else, inBranch);
      break;
    case 'While':
      walkIn(node.clause, inBranch);
      walkIn(node.body, inBranch);
      break;
    case 'For':
    case 'Select':
      walkFor(node, scope, input, reading);
      break;
    case 'Case':
      walkInner(node.word, scope, reading);
      for (const { body } of node.items) walkIn(body, inBranch);
      break;
    case 'ArithmeticFor':
      walkIn(node.body, inBranch);
      break;
    case 'TestCommand':
    case 'ArithmeticCommand':
      walkInner(node, scope, reading);
  }
}

function walkFor(node: Loop, scope: Scope, input: Input, reading: Reading): void {
  const words = node.wordlist?.flatMap((word) => {
    walkInner(word, scope, reading);
    return expand(word, scope, reading);
  }) ?? [HOLE];
  const isShort = words.length <= MOST_ROUNDS;
  for (const word of isShort ? words : [HOLE]) {
    scope.vars.set(node.name.value, word);
    walkAll(node.body.commands, branchScope(scope), input, reading);
  }
}

function walkPipeline({ commands }: Pipeline, scope: Scope, first: Input, reading: Reading): void {
  let input = first;
  for (const command of commands) {
    const own = commands.length === 1 ? scope : childScope(scope);
    walkNode(command, own, input, reading);
    input = { kind: 'text', text: printedBy(command, own, input, reading.files) };
  }
}

function walkCommand(node: ShellCommand, scope: Scope, outer: Input, reading: Reading): void {
  walkInner(node, scope, reading);
  const input = inputOf(node.redirects, scope, outer, reading.files);
  const prefix = node.prefix.filter((one) => one.type === 'Assignment');
  const assigned = new Map(prefix.map((one) => [one.name, assignedValue(one, scope, reading)] as const));
  const name = node.name === undefined ? [] : expand(node.name, scope, reading);
  const words = [...name, ...node.args.flatMap((word) => argument(word, scope, reading))];
  if (node.name === undefined) for (const [key, value] of assigned) setVariable(scope, key, value);
  if (words.length > 0 || assigned.size > 0) reading.runCall({ words, scope, input, assigned });
  walkRedirects(node.redirects, () => printOf(words, input, reading.files), scope, reading);
}

/** `export A=b` sets, as `A=b` does; other programs get it as a word. */
function argument(word: Word | Assignment, scope: Scope, reading: Reading): readonly string[] {
  if (word.type === 'Word') return expand(word, scope, reading);
  return [`${word.name}=${assignedValue(word, scope, reading)}`];
}

function assignedValue({ name, value, append, index }: Assignment, scope: Scope, reading: Reading): string {
  if (index !== undefined) return HOLE;
  if (value.type === 'ArrayValue')
    return value.elements.flatMap((word) => expand(word, scope, reading)).join(' ');
  const text = expandText(value, scope, (script) => substituted(script, scope, reading.files));
  return append === true ? `${scope.vars.get(name) ?? HOLE}${text}` : text;
}

function expand(word: Word, scope: Scope, reading: Reading): readonly string[] {
  return expandWord(word, scope, (script) => substituted(script, scope, reading.files));
}

function walkRedirects(
  redirects: readonly Redirection[],
  print: () => string,
  scope: Scope,
  reading: Reading,
): void {
  for (const redirect of redirects) {
    if (redirect.type !== 'Redirect' || redirect.target === undefined) continue;
    if (!/^(?:>|>>|>\||&>|&>>|<>)$/.test(redirect.operator)) continue;
    const [file = HOLE] = expand(redirect.target, scope, reading);
    if (!isKnown(file) || file === '/dev/null') continue;
    noteWrite(file, print(), redirect.operator.includes('>>'), scope, reading);
  }
}

/** Commands inside of words: substitutions run too. */
function walkInner(node: SyntaxNode, scope: Scope, reading: Reading): void {
  forEachChild(node, (child) => {
    if (child.type === 'Script') walkInnerScript(child, scope, reading);
    else walkInner(child, scope, reading);
  });
}

function walkInnerScript(script: ParsedScript, scope: Scope, reading: Reading): void {
  reading.parsed += script.end - script.pos;
  if ((script.errors?.length ?? 0) > 0) reading.hasErrors = true;
  if (scope.depth >= DEEPEST || reading.parsed > MOST_PARSED) noteTooMuch(reading);
  else walkAll(script.commands, { ...childScope(scope), depth: scope.depth + 1 }, NO_INPUT, reading);
}

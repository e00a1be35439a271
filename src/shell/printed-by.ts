import type { CommandNode, ParsedScript, Pipeline, Redirection, Statement } from 'unbash';
import { expandParts, expandText, expandWord } from './expand-word.js';
import { printOf } from './print-of.js';
import { HOLE, type Input, NO_INPUT, type Reading, type Scope } from './scope.js';

type Files = Reading['files'];
type Node = Statement['command'] | CommandNode;

/** Substitutions in each other are worked out so far. */
const DEEPEST = 8;

/** What a substitution puts into a word: what its commands print, without the line ends that a shell takes off. */
export function substituted(script: ParsedScript | undefined, scope: Scope, files: Files, depth = 0): string {
  if (script === undefined || depth > DEEPEST) return HOLE;
  return printedByAll(script.commands, scope, NO_INPUT, files, depth + 1).replace(/\n+$/, '');
}

/** What commands print, with holes for what the line doesn't show. */
export function printedBy(node: Node, scope: Scope, input: Input, files: Files, depth = 0): string {
  switch (node.type) {
    case 'Command': {
      const printed = (script: ParsedScript | undefined): string => substituted(script, scope, files, depth);
      if (node.redirects.some(({ operator }) => operator.includes('>'))) return '';
      const words = [...(node.name === undefined ? [] : [node.name]), ...node.args].flatMap((word) =>
        word.type === 'Word' ? expandWord(word, scope, printed) : [word.text],
      );
      return printOf(words, inputOf(node.redirects, scope, input, files, depth), files);
    }
    case 'Pipeline':
      return printedByPipeline(node, scope, input, files, depth);
    case 'AndOr':
      return node.operators.every((operator) => operator === '&&')
        ? node.commands.map((one) => printedBy(one, scope, input, files, depth)).join('')
        : HOLE;
    case 'Subshell':
    case 'BraceGroup':
      return printedByAll(node.body.commands, scope, input, files, depth);
    default:
      return HOLE;
  }
}

function printedByAll(
  statements: readonly Statement[],
  scope: Scope,
  input: Input,
  files: Files,
  depth: number,
): string {
  return statements.map(({ command }) => printedBy(command, scope, input, files, depth)).join('');
}

function printedByPipeline(
  { commands }: Pipeline,
  scope: Scope,
  first: Input,
  files: Files,
  depth: number,
): string {
  let input = first;
  for (const command of commands)
    input = { kind: 'text', text: printedBy(command, scope, input, files, depth) };
  return input.kind === 'text' ? input.text : '';
}

/** What a command reads after its redirections. */
export function inputOf(
  redirects: readonly Redirection[],
  scope: Scope,
  before: Input,
  files: Files,
  depth = 0,
): Input {
  const printed = (script: ParsedScript | undefined): string => substituted(script, scope, files, depth);
  const read = (redirect: Redirection): string | null => {
    if (redirect.type === 'HereDoc') {
      const { parts, text } = redirect.body;
      if (parts !== undefined) return expandParts(parts, scope, printed);
      return redirect.operator === '<<-' ? text.replace(/^\t+/gm, '') : text;
    }
    const target = redirect.target === undefined ? HOLE : expandText(redirect.target, scope, printed);
    if (redirect.type === 'HereString') return `${target}\n`;
    return redirect.operator === '<' ? (files.get(target) ?? HOLE) : null;
  };
  const text = redirects.map(read).findLast((one) => one !== null) ?? null;
  return text === null ? before : { kind: 'text', text };
}

import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/javascript';
import { type Excerpt, mentionAt } from './excerpt.js';
import { hasOpenCandidate } from './import-candidates.js';
import { type FileMentions, type IsOpen, type Mention, NO_MENTIONS } from './mention.js';
import { parseWithin } from './parse-within.js';
import { schemeLength } from './registry-name.js';
import { stringValue } from './string-value.js';

export type ScriptDialect = 'js' | 'ts' | 'tsx';

const PARSERS = {
  js: parser.configure({ dialect: 'jsx' }),
  ts: parser.configure({ dialect: 'ts' }),
  tsx: parser.configure({ dialect: 'ts jsx' }),
} as const;

/** Functions whose first argument is a specifier. */
const LOADERS = new Set(['require', 'require.resolve', 'module.require', 'import.meta.resolve']);

export function parseScript(text: string, dialect: ScriptDialect) {
  return parseWithin(PARSERS[dialect], text);
}

/**
 * The open specifiers of a script: of imports and exports, `import()`, types, `require()` and its like. What is no literal is
 * left out. The parser carries on where the text is no program, as examples in documents often aren't.
 */
export function importsIn(excerpt: Excerpt, dialect: ScriptDialect, isOpen: IsOpen): FileMentions {
  const declares = /\bdeclare\s+module\b/.test(excerpt.text);
  if (!declares && !hasOpenCandidate(excerpt.text, isOpen)) return NO_MENTIONS;
  const { tree, incomplete } = parseScript(excerpt.text, dialect);
  if (tree === null) return { ...NO_MENTIONS, incomplete };
  const mentions: Mention[] = [];
  const ambient: string[] = [];
  let isModule = false;
  tree.iterate({
    enter: ({ name, node }) => {
      isModule ||= /^(?:Import|Export)Declaration$/.test(name) && node.parent?.name === 'Script';
      if (declares && name === 'AmbientDeclaration') ambient.push(...ambientModule(node, excerpt.text));
      const literal = specifierOf(name, node, excerpt.text);
      const value = literal === null ? null : stringValue(excerpt.text.slice(literal.from, literal.to));
      if (literal !== null && value !== null && isOpen(value))
        mentions.push(mentionAt(excerpt, 'import', value, literal.from + 1 + schemeLength(value)));
    },
  });
  // In a module it adds to the types of a package that is there anyway.
  return { mentions, ambient: isModule ? [] : ambient, incomplete };
}

function specifierOf(name: string, node: SyntaxNode, text: string): SyntaxNode | null {
  switch (name) {
    case 'ImportDeclaration':
    case 'ExportDeclaration':
      return node.getChild('String');
    case 'DynamicImport':
    case 'ImportType':
      return node.getChild('String') ?? plainTemplate(node);
    case 'CallExpression':
      return argumentOfLoader(node, text);
    default:
      return null;
  }
}

function argumentOfLoader(node: SyntaxNode, text: string): SyntaxNode | null {
  const callee = node.firstChild;
  if (callee === null || !isLoader(text.slice(callee.from, Math.min(callee.to, callee.from + 60))))
    return null;
  const list = node.getChild('ArgList');
  const [argument] = list?.getChildren('String') ?? [];
  const first = argument ?? (list === null ? null : plainTemplate(list));
  return first !== null && first?.prevSibling?.name === '(' ? first : null;
}

function isLoader(callee: string): boolean {
  return LOADERS.has(callee) || /^createRequire\([^()]*\)(?:\.resolve)?$/.test(callee);
}

function plainTemplate(node: SyntaxNode): SyntaxNode | null {
  const template = node.getChild('TemplateString');
  return template?.getChild('Interpolation') === null ? template : null;
}

/**
 * `declare module 'x' { … }`, of which the grammar has no rule. Without a block it only silences the compiler about a package
 * that has to be there, and declares nothing.
 */
function ambientModule(node: SyntaxNode, text: string): readonly string[] {
  const [, quoted] =
    /^declare\s+module\s+(["'][^"'\n]{1,214}["'])\s*\{/.exec(text.slice(node.from, node.from + 300)) ?? [];
  const value = quoted === undefined ? null : stringValue(quoted);
  return value === null ? [] : [value];
}

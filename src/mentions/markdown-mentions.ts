import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/markdown';
import { dockerfileCommands } from './dockerfile-commands.js';
import { type Excerpt, join, type Range, slice } from './excerpt.js';
import { installCommandsIn } from './install-commands.js';
import { type FileMentions, type IsOpen, joinMentions, NO_MENTIONS } from './mention.js';
import { parseWithin } from './parse-within.js';
import { importsIn, type ScriptDialect } from './script-imports.js';
import { yamlCommands } from './yaml-commands.js';

/** Only code is looked for; what else stands in a line takes time, and some of it more than its length. */
const CODE_ONLY = parser.configure({
  remove: [
    'Emphasis',
    'Link',
    'LinkEnd',
    'Image',
    'HTMLTag',
    'Autolink',
    'Entity',
    'HardBreak',
    'LinkReference',
  ],
});
const TOO_DEEP = /^(?:[ \t]{0,3}>){100}/m;

type Language = ScriptDialect | 'shell' | 'yaml' | 'dockerfile' | 'unknown' | 'other';

const LANGUAGES: ReadonlyMap<string, Language> = new Map(
  (
    [
      [
        'shell',
        'sh bash zsh shell fish ksh console terminal shellsession shell-session session cmd bat batch',
      ],
      ['shell', 'powershell ps ps1 pwsh dos command commandline command-line npm pnpm yarn bun'],
      ['unknown', 'text txt plaintext plain none code diff'],
      ['js', 'js javascript jsx mjs cjs node es6 ecmascript'],
      ['ts', 'ts typescript mts cts twoslash vue svelte astro'],
      ['tsx', 'tsx'],
      ['yaml', 'yaml yml'],
      ['dockerfile', 'dockerfile docker containerfile'],
    ] as const
  ).flatMap(([language, words]) => words.split(' ').map((word): [string, Language] => [word, language])),
);

/**
 * The names in the code of a document: commands and imports in fenced and indented blocks, by the language that they name, and in
 * code among the text. Blocks in other languages are left out, and so is prose.
 */
export function markdownMentions(document: Excerpt, isMdx: boolean, isOpen: IsOpen): FileMentions {
  if (TOO_DEEP.test(document.text))
    return { ...NO_MENTIONS, incomplete: 'not parsed: quotes nested too deep' };
  const { tree, incomplete } = parseWithin(CODE_ONLY, document.text);
  const parts: FileMentions[] = [{ ...NO_MENTIONS, incomplete }];
  tree?.iterate({
    enter: ({ name, node }) => {
      if (isMdx && name === 'Paragraph') parts.push(statements(slice(document, node), isOpen));
      if (name === 'InlineCode') parts.push(inlineMentions(slice(document, insideMarks(node)), isOpen));
      if (name !== 'FencedCode' && name !== 'CodeBlock') return;
      const info = node.getChild('CodeInfo');
      const language = languageOf(info === null ? '' : document.text.slice(info.from, info.to));
      parts.push(codeMentions(join(document, node.getChildren('CodeText')), language, isOpen));
    },
  });
  return joinMentions(parts);
}

/** Imports and exports stand in MDX as paragraphs do. */
function statements(paragraph: Excerpt, isOpen: IsOpen): FileMentions {
  return /^(?:import|export)\b/.test(paragraph.text) ? importsIn(paragraph, 'tsx', isOpen) : NO_MENTIONS;
}

/** The language of an info string: `ts {1,3}`, `{.js}`, `sh:title`, `js{1}`. */
function languageOf(info: string): Language {
  const [word = ''] = /[a-z][\w-]*/i.exec(info.trim()) ?? [];
  return word === '' ? 'unknown' : (LANGUAGES.get(word.toLowerCase()) ?? 'other');
}

function insideMarks(node: SyntaxNode): Range {
  const [open, close] = node.getChildren('CodeMark');
  return { from: open?.to ?? node.from, to: close?.from ?? node.to };
}

function codeMentions(code: Excerpt, language: Language, isOpen: IsOpen): FileMentions {
  switch (language) {
    case 'shell':
      return { ...NO_MENTIONS, mentions: installCommandsIn(code) };
    case 'yaml':
      return yamlCommands(code);
    case 'dockerfile':
      return { ...NO_MENTIONS, mentions: dockerfileCommands(code) };
    case 'unknown':
      return unknownCode(code, isOpen);
    case 'other':
      return NO_MENTIONS;
    case 'js':
    case 'ts':
    case 'tsx':
      return joinMentions([
        importsIn(code, language, isOpen),
        // Commands in comments above an example: `// npm install x`.
        ...commentLines(code).map((line) => ({ ...NO_MENTIONS, mentions: installCommandsIn(line) })),
      ]);
  }
}

function unknownCode(code: Excerpt, isOpen: IsOpen): FileMentions {
  const commands = { ...NO_MENTIONS, mentions: installCommandsIn(withoutColumns(code)) };
  return looksLikeScript(code.text) ? joinMentions([commands, importsIn(code, 'tsx', isOpen)]) : commands;
}

function inlineMentions(code: Excerpt, isOpen: IsOpen): FileMentions {
  return unknownCode(code, isOpen);
}

/** What programs print has columns, and what stands in the next one is no argument. */
function withoutColumns(code: Excerpt): Excerpt {
  const text = code.text.replace(/(?<=\S) {2,}(?=\S)/g, (gap) => `;${gap.slice(1)}`);
  return { ...code, text };
}

/** Python has `import x` and `from x import y`, and no quotes there; `require "x"` is Ruby's, and its brackets are ours. */
function looksLikeScript(text: string): boolean {
  return /^[ \t]*(?:import|export)\b[^;]{0,500}?["']|\b(?:require|import)\(\s*["'`]/m.test(text);
}

function commentLines(code: Excerpt): readonly Excerpt[] {
  return [
    ...code.text.matchAll(/^[ \t]*(?:\/\/|#)[ \t]*(?=[$>]|npm |npx |pnpm |yarn |bun |bunx |pnpx )(.*)$/gm),
  ].map((match) => {
    const from = match.index + match[0].length - (match[1] ?? '').length;
    return slice(code, { from, to: match.index + match[0].length });
  });
}

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import GithubSlugger from 'github-slugger';
import MarkdownIt, { type Token } from 'markdown-it';

export type CodeBlock = {
  /** The first word behind the fence; empty for an indented block. */
  readonly language: string;
  readonly text: string;
  /** Of the first line of `text` in the page, counted from 1. */
  readonly line: number;
};

export type InlineCode = { readonly text: string; readonly line: number };
export type Link = { readonly target: string; readonly line: number };

export type Page = {
  /** Relative to the repository, with slashes. */
  readonly file: string;
  readonly blocks: readonly CodeBlock[];
  readonly inlineCode: readonly InlineCode[];
  readonly links: readonly Link[];
  /** As GitHub makes them of headings. */
  readonly anchors: ReadonlySet<string>;
};

const markdown = new MarkdownIt();

/** README.md and every page below docs/. */
export function readPages(): readonly Page[] {
  const below = readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file.split(path.sep).join('/')}`);
  return ['README.md', ...below.sort()].map((file) => parsePage(file, readFileSync(file, 'utf8')));
}

export function parsePage(file: string, source: string): Page {
  const tokens = markdown.parse(source, {});
  const placed = withLines(tokens);
  const children = placed.flatMap(({ token, line }) =>
    (token.children ?? []).map((child) => ({ child, line })),
  );
  return {
    file,
    blocks: placed.flatMap(blockOf),
    inlineCode: children
      .filter(({ child }) => child.type === 'code_inline')
      .map(({ child, line }) => ({ text: child.content, line })),
    links: children.flatMap(({ child, line }) => {
      const target = child.attrGet('href') ?? child.attrGet('src');
      return target === null ? [] : [{ target, line }];
    }),
    anchors: anchorsOf(tokens),
  };
}

type Placed = { readonly token: Token; readonly line: number };

/** What has no place of its own, as the cells of a table, has that of what comes before it. */
function withLines(tokens: readonly Token[]): readonly Placed[] {
  let line = 1;
  return tokens.map((token) => {
    if (token.map !== null) line = token.map[0] + 1;
    return { token, line };
  });
}

function blockOf({ token, line }: Placed): CodeBlock[] {
  if (token.type === 'code_block') return [{ language: '', text: token.content, line }];
  if (token.type !== 'fence') return [];
  const [language = ''] = token.info.trim().split(/\s+/);
  return [{ language, text: token.content, line: line + 1 }];
}

function anchorsOf(tokens: readonly Token[]): ReadonlySet<string> {
  const slugger = new GithubSlugger();
  const headings = tokens.filter((_, index) => tokens[index - 1]?.type === 'heading_open');
  return new Set(headings.map(({ children }) => slugger.slug(textOf(children ?? []))));
}

function textOf(children: readonly Token[]): string {
  return children
    .filter(({ type }) => type === 'text' || type === 'code_inline')
    .map(({ content }) => content)
    .join('');
}

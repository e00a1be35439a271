import type { SyntaxNode } from '@lezer/common';
import { parse } from 'jsonc-parser';
import { recordOf } from './project-names.js';
import { parseScript } from './script-imports.js';
import { stringValue } from './string-value.js';

/** Files that name path aliases. */
export const TS_CONFIG = /(?:^|\/)[tj]sconfig[^/]*\.json$/;
export const IMPORT_MAP = /(?:^|\/)(?:deno\.jsonc?|import[-_]map\.json)$/;
export const BUNDLER_CONFIG =
  /(?:^|\/)(?:[\w-]+\.)?(?:vite|vitest|webpack|rollup|rolldown|rspack|rsbuild|next|nuxt|babel|jest|metro|astro|svelte|craco|farm|tsup|tsdown|vue)\.config(?:\.[\w-]+)?\.[cm]?[jt]s$|(?:^|\/)\.storybook\/main\.[cm]?[jt]s$/;

export type TsConfig = {
  readonly aliases: readonly string[];
  /** Where specifiers without a dot are looked for first, relative to the file; `null` = nowhere. */
  readonly baseUrl: string | null;
  /** Relative paths of the files that it builds on. */
  readonly extended: readonly string[];
};

/** `paths` and `baseUrl` of a tsconfig.json or jsconfig.json. A path for everything (`*`) is none that names something. */
export function readTsConfig(text: string): TsConfig {
  const config = recordOf(parse(text, [], { allowTrailingComma: true }));
  const options = recordOf(config['compilerOptions']);
  const { baseUrl } = options;
  const extended = [config['extends']].flat().filter((one) => typeof one === 'string');
  return {
    aliases: Object.keys(recordOf(options['paths'])).flatMap(beginning),
    baseUrl: typeof baseUrl === 'string' ? baseUrl : null,
    extended: extended.filter((one) => one.startsWith('.')),
  };
}

export function readImportMap(text: string): readonly string[] {
  return Object.keys(recordOf(recordOf(parse(text))['imports'])).flatMap(beginning);
}

/** `a/*`, `a/` → `a`; patterns that begin with a wildcard name nothing. */
function beginning(pattern: string): readonly string[] {
  const plain = pattern.replace(/\/?\*.*$/s, '').replace(/\/$/, '');
  return plain === '' ? [] : [plain];
}

/** Names of `alias` (webpack, Vite, Babel) and `moduleNameMapper` (Jest) as far as they are literals. */
export function readBundlerAliases(text: string): readonly string[] {
  if (!/\b(?:alias|moduleNameMapper)\b/.test(text)) return [];
  const aliases: string[] = [];
  parseScript(text, 'ts').tree?.iterate({
    enter: ({ name, node }) => {
      if (name !== 'Property') return;
      const key = keyOf(node, text);
      if (key !== 'alias' && key !== 'moduleNameMapper') return;
      for (const object of node.getChildren('ObjectExpression'))
        aliases.push(...object.getChildren('Property').map((property) => keyOf(property, text)));
      for (const list of node.getChildren('ArrayExpression')) aliases.push(...findsIn(list, text));
    },
  });
  return aliases
    .map((alias) => alias.replace(/^\^/, '').replace(/\/?\(.*$|\/?\$$/, ''))
    .filter((alias) => alias !== '');
}

function findsIn(list: SyntaxNode, text: string): readonly string[] {
  return list
    .getChildren('ObjectExpression')
    .flatMap((item) => item.getChildren('Property'))
    .filter((property) => keyOf(property, text) === 'find')
    .flatMap((property) => property.getChild('String') ?? [])
    .map(({ from, to }) => stringValue(text.slice(from, to)) ?? '');
}

function keyOf(property: SyntaxNode, text: string): string {
  const key = property.firstChild;
  if (key === null) return '';
  const written = text.slice(key.from, key.to);
  return key.name === 'String' ? (stringValue(written) ?? '') : written;
}

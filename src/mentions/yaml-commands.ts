import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/yaml';
import { type Excerpt, slice } from './excerpt.js';
import { installCommandsIn } from './install-commands.js';
import { type FileMentions, NO_MENTIONS } from './mention.js';
import { parseWithin } from './parse-within.js';

/** Keys of CI files whose values are commands: GitHub, GitLab, Azure, CircleCI, Travis, Bitbucket, AppVeyor and others. */
const COMMAND_KEYS = new Set([
  ...[
    'run',
    'script',
    'scripts',
    'before_script',
    'after_script',
    'before_install',
    'install',
    'after_success',
  ],
  ...[
    'commands',
    'command',
    'bash',
    'sh',
    'pwsh',
    'powershell',
    'ps',
    'cmd',
    'inlinescript',
    'entrypoint',
    'args',
  ],
  ...[
    'init',
    'before',
    'prebuild',
    'build_script',
    'test_script',
    'install_script',
    'deploy_script',
    'pre_build',
  ],
  ...['build', 'test', 'before_deploy', 'post_build'],
]);

/** The names in the commands of a CI file. */
export function yamlCommands(document: Excerpt): FileMentions {
  const { tree, incomplete } = parseWithin(parser, document.text);
  if (tree === null) return { ...NO_MENTIONS, incomplete };
  const values: Excerpt[] = [];
  tree.iterate({
    enter: ({ name, node }) => {
      if (!/^(?:Literal|QuotedLiteral|BlockLiteralContent)$/.test(name) || !isCommand(node, document.text))
        return;
      const quote = name === 'QuotedLiteral' ? 1 : 0;
      const value = slice(document, { from: node.from + quote, to: node.to - quote });
      values.push(isFolded(node, document.text) ? { ...value, text: value.text.replace(/\n/g, ' ') } : value);
    },
  });
  return { ...NO_MENTIONS, mentions: values.flatMap((value) => installCommandsIn(value)), incomplete };
}

/** Its line ends are spaces: all but `|`. */
function isFolded(node: SyntaxNode, text: string): boolean {
  const header = node.prevSibling;
  return header?.name !== 'BlockLiteralHeader' || text[header.from] === '>';
}

/** The nearest key above the value says so; items of lists belong to the list's key. */
function isCommand(node: SyntaxNode, text: string): boolean {
  for (let above = node.parent; above !== null; above = above.parent) {
    if (above.name === 'Key') return false;
    if (above.name !== 'Pair') continue;
    const key = above.getChild('Key');
    return key !== null && COMMAND_KEYS.has(text.slice(key.from, key.to).replace(/["']/g, '').toLowerCase());
  }
  return false;
}

import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../../src/cli/parse-command-line.js';
import { GuardError } from '../../../src/errors.js';
import { commandsOf, wordsOf } from '../../support/documented-commands.js';
import { workflowFaults } from '../../support/github-schemas.js';
import { parsePage, readPages } from '../../support/markdown-pages.js';

const pages = readPages();
const commands = pages.flatMap(commandsOf);
const yamlBlocks = pages.flatMap(({ file, blocks }) =>
  blocks
    .filter(({ language }) => /^ya?ml$/.test(language))
    .map(({ text, line }) => ({ place: `${file}:${line}`, text })),
);

/** Why our own parser refuses a command line; `null` where it takes it. */
function refusalOf(words: readonly string[]): string | null {
  try {
    parseCommandLine(words);
    return null;
  } catch (thrown) {
    if (!(thrown instanceof GuardError)) throw thrown;
    return `${thrown.code}: ${thrown.message}`;
  }
}

describe('commands in README.md and docs/', () => {
  it('are found', () => {
    expect(commands.length).toBeGreaterThan(50);
  });

  it.each(pages.map((page) => [page.file, page] as const))('of %s are taken by the program', (_, page) => {
    const refused = commandsOf(page).flatMap(({ place, words }) => {
      const refusal = refusalOf(words);
      return refusal === null ? [] : [`${place}: phantom-guard-install ${words.join(' ')}: ${refusal}`];
    });
    expect(refused).toEqual([]);
  });

  it('are refused with their place when an option or a command does not exist', () => {
    const page = parsePage(
      'docs/page.md',
      'Run `phantom-guard-install chekc`.\n\n    phantom-guard-install check --frob\n',
    );
    expect(commandsOf(page).map(({ place, words }) => [place, refusalOf(words)?.split(':')[0]])).toEqual([
      ['docs/page.md:3', 'USAGE'],
      ['docs/page.md:1', 'USAGE'],
    ]);
  });

  it('name the version of this repository, and so does the action', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    const named = pages.flatMap(({ file, blocks, inlineCode }) =>
      [...blocks, ...inlineCode].flatMap(({ text, line }) =>
        [...text.matchAll(/phantom-guard-install(?:@v?|-|\n\s+rev: v)(\d[\w.-]*?)(?:\.tgz|[^\w.-]|$)/g)].map(
          (match) => `${file}:${line}: ${match[1]}`,
        ),
      ),
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((text) => !text.endsWith(`: ${version}`))).toEqual([]);
  });

  it.each([
    ['check --since "$(git merge-base a b)" || true', ['check', '--since', '$(git merge-base a b)']],
    ["check'", ['check']],
    ['accept x@1 --reason "two words" # and why', ['accept', 'x@1', '--reason', 'two words']],
    ['cache stats|path', ['cache', 'stats']],
    ['check 2> /dev/null', ['check']],
  ])('%j has the words %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });
});

describe('YAML in README.md and docs/', () => {
  it.each(yamlBlocks.map(({ place, text }) => [place, text] as const))('at %s parses', (_, text) => {
    expect(load(text)).toEqual(expect.anything());
  });

  const workflows = yamlBlocks.filter(({ text }) => /^jobs:/m.test(text) && /^on:/m.test(text));
  it.each(workflows.map(({ place, text }) => [place, text] as const))(
    'at %s is a workflow for GitHub',
    (_, text) => {
      expect(workflowFaults(text)).toEqual([]);
    },
  );

  it.each(yamlBlocks.map(({ place, text }) => [place, text] as const))(
    'at %s names actions of others by their commit, with the version beside it',
    (_, text) => {
      const uses = [...text.matchAll(/\buses: *(.*)/g)].map((match) => match[1] ?? '');
      const ours = /^phantom-guard\/phantom-guard-install@v\d+\.\d+\.\d+$/;
      const pinned = /^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
      expect(uses.filter((line) => !ours.test(line) && !pinned.test(line))).toEqual([]);
    },
  );
});

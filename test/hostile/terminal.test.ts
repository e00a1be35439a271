import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { allFormats, type Format } from '../../src/report/formats.js';
import { elementsOf } from '../support/page-elements.js';
import { writeProject } from '../support/projects.js';
import { faultsInSarif } from '../support/sarif-schema.js';
import { closeWorlds, openWorld } from './attack-world.js';
import { FOREIGN_FIELDS, type ForeignField, MARK } from './foreign-fields.js';

afterEach(closeWorlds);

/** What a terminal acts on or does not show; a line feed alone ends our own lines. */
const HARMFUL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/u;
/** The workflow commands that we write ourselves. */
const OWN_COMMAND = /^::(?:error|warning|notice)(?: (?:file|line|col|endLine|title)=[^:]*)?::/;
const OWN_TAGS = /^(?:sub|details|summary|code|br)$/;

type Output = { readonly stdout: string; readonly stderr: string; readonly summary: string };

function expectNoCommand(text: string): void {
  const commands = text.split(/\r\n|\r|\n/).filter((line) => /^\s*::|##\[/.test(line));
  expect(commands.filter((line) => !OWN_COMMAND.test(line) || /^::\w+[^:]*::zqpwned/.test(line))).toEqual([]);
  for (const line of commands) expect(line).not.toMatch(/%0A(?:\s|%0[AD])*::/i);
}

function expectPlainMarkdown(text: string): void {
  const tags = elementsOf(text).map(({ tag }) => tag);
  expect(tags.filter((tag) => !OWN_TAGS.test(tag) && !['html', 'head', 'body'].includes(tag))).toEqual([]);
  expect(text).not.toMatch(/\]\(|^\s*# |@octocat|^\s*```/m);
}

/** A script of ours alone, and nothing that would ask another host. */
function expectPlainPage(text: string): void {
  const elements = elementsOf(text);
  expect(elements.filter(({ tag }) => tag === 'script')).toHaveLength(1);
  expect(elements.filter(({ tag }) => ['img', 'iframe', 'object', 'link', 'base'].includes(tag))).toEqual([]);
  const attributes = elements.flatMap((one) => Object.entries(one.attributes));
  expect(
    attributes.filter(([name, value]) => name.startsWith('on') || /^\s*javascript:/i.test(value)),
  ).toEqual([]);
}

const LOOK: Readonly<Record<Format, (output: Output) => void>> = {
  text: () => undefined,
  json: ({ stdout }) => expect(() => JSON.parse(stdout)).not.toThrow(),
  sarif: ({ stdout }) => expect(faultsInSarif(JSON.parse(stdout))).toEqual([]),
  markdown: ({ stdout }) => expectPlainMarkdown(stdout),
  github: ({ stdout, stderr, summary }) => {
    expectNoCommand(stdout);
    expectNoCommand(stderr);
    expectPlainMarkdown(summary);
  },
  html: ({ stdout }) => expectPlainPage(stdout),
};

async function report(
  { files, served = {}, words = ['check'], home = {} }: ForeignField,
  format: Format,
): Promise<Output> {
  const { run } = await openWorld(served);
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'zq-summary-')), 'summary.md');
  const [command = '', ...operands] = words;
  const settings = { cwd: writeProject(files), home, format, env: { GITHUB_STEP_SUMMARY: file } };
  const { stdout, stderr } = await run([command, '--all', '--verbose', ...operands], settings);
  return { stdout, stderr, summary: existsSync(file) ? readFileSync(file, 'utf8') : '' };
}

/** Whether the text was shown. */
function expectHarmless(format: Format, output: Output): boolean {
  const all = output.stdout + output.stderr + output.summary;
  const bad = HARMFUL.exec(all);
  expect([format, bad && all.slice(Math.max(0, bad.index - 60), bad.index + 20)]).toEqual([format, null]);
  expect(all).not.toContain('INTERNAL');
  expectNoCommand(output.stderr);
  LOOK[format](output);
  return all.includes(MARK);
}

const TITLE = 'with escape sequences, newlines, markup and workflow commands: stays text in every format';

describe('terminal', () => {
  it.each(FOREIGN_FIELDS.map((one) => [`${one.field}, ${TITLE}`, one] as const))('%s', async (_, one) => {
    const shown: boolean[] = [];
    for (const format of allFormats) shown.push(expectHarmless(format, await report(one, format)));
    expect(one.isHidden === true || shown.includes(true)).toBe(true);
  });
});

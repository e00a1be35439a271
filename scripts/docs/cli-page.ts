import { COMMANDS, type CommandName, isInternal } from '../../src/cli/commands.js';
import { OPTIONS, type OptionName, optionSpec } from '../../src/cli/options.js';
import { GUARD_ERROR_CODES } from '../../src/errors.js';
import type { exitStatus } from '../../src/report/build-report.js';
import { allFormats, type Format } from '../../src/report/formats.js';
import { ERROR_TEXTS } from './error-texts.js';
import { code, page, table } from './markdown.js';

const FORMAT_TEXTS: { readonly [F in Format]: string } = {
  text: 'for people, at a terminal or in a log',
  json: 'one document with `schemaVersion` 1 and nothing else, whatever happens; errors are in it',
  sarif: 'SARIF 2.1.0, for code scanning: rules with help pages, and the line of the lockfile',
  markdown: 'a comment for a pull request or merge request',
  github: 'annotations of GitHub Actions and its job summary; the default where `GITHUB_ACTIONS` is set',
  html: 'one file that asks nobody for anything',
};

const STATUS_TEXTS: { readonly [S in ReturnType<typeof exitStatus>]: string } = {
  0: 'nothing blocked',
  1: 'at least one package blocked, also where others could not be decided',
  2: 'could not decide: bad input, a registry that did not answer, wrong usage',
};

const commands = Object.keys(COMMANDS) as CommandName[];
const options = Object.keys(OPTIONS) as OptionName[];

/** docs/reference/cli.md: what `--help` says, with formats, exit statuses and error codes. */
export function renderCliPage(): string {
  return page('Command line', [
    'What `phantom-guard-install --help` says, and more. Without a command it is a guarded `npm install` or `pnpm install` of the project in this folder.',
    '## Commands',
    commandTable(),
    `In front of the word of npm, npx, pnpm or pnpx options are ours; behind it they are the manager's.`,
    '## Options',
    'An option with a command in parentheses means something to this command only.',
    optionTable(),
    '## Formats',
    table(
      ['`--format`', ''],
      allFormats.map((format) => [code(format), FORMAT_TEXTS[format]]),
    ),
    'Results go to stdout, progress and diagnostics to stderr. In a wrapping command all that is ours goes to stderr or `--output`.',
    '## Exit status',
    table(['status', ''], Object.entries(STATUS_TEXTS)),
    'An allowed wrapping command ends with the status of the manager. `doctor` and `selftest` have statuses of their own: [doctor.md](../doctor.md).',
    '## Error codes',
    'One of these codes stands behind "could not decide": in parentheses after the message, and as `error.code` in JSON. The status is 2.',
    table(
      ['code', 'what it means', 'usual way out'],
      GUARD_ERROR_CODES.map((one) => [code(one), ERROR_TEXTS[one].meaning, ERROR_TEXTS[one].wayOut]),
    ),
  ]);
}

function commandTable(): string {
  const shown = commands.filter((name) => !isInternal(name));
  return table(
    ['command', 'what it does'],
    shown.map((name) => [code(COMMANDS[name].usage), COMMANDS[name].description]),
  );
}

function optionTable(): string {
  return table(
    ['option', 'what it does'],
    options.map((name) => [optionUsage(name), OPTIONS[name].description]),
  );
}

function optionUsage(name: OptionName): string {
  const { short, placeholder } = optionSpec(name);
  const long = code(`--${name}${placeholder === undefined ? '' : ` ${placeholder}`}`);
  return short === undefined ? long : `${code(`-${short}`)}, ${long}`;
}

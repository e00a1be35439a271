import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guessFormat, parseCommandLine } from '../../../src/cli/parse-command-line.js';
import { GuardError } from '../../../src/errors.js';

function codeOf(argv: readonly string[]): string {
  try {
    parseCommandLine(argv);
  } catch (thrown) {
    if (thrown instanceof GuardError) return thrown.code;
    throw thrown;
  }
  return 'understood';
}

describe('the command line', () => {
  it('has defaults for everything', () => {
    expect(parseCommandLine(['check'])).toEqual({
      command: 'check',
      operands: [],
      options: {
        format: 'text',
        output: null,
        failOn: null,
        docs: false,
        config: null,
        since: null,
        offline: false,
        registry: null,
        downloadsUrl: null,
        cacheDir: null,
        useCache: true,
        useData: true,
        verifyIntegrity: false,
        concurrency: 64,
        timeoutMs: 300_000,
        all: false,
        quiet: false,
        verbose: false,
        color: true,
        workers: null,
        yes: false,
        undo: false,
        configDependency: false,
        reason: null,
        expires: null,
        global: false,
        names: null,
        agent: null,
        install: null,
      },
    });
  });

  it.each([
    ['auto', null],
    ['0', 0],
    ['3', 3],
  ])('takes --workers %s', (value, workers) => {
    expect(parseCommandLine(['check', '--workers', value]).options.workers).toBe(workers);
  });

  it('takes options before and after the command', () => {
    const { operands, options } = parseCommandLine([
      '--format=json',
      'validate',
      'a',
      '--fail-on',
      'suspicious',
      '@s/b@^2',
      '--downloads-url',
      'none',
      '--no-cache',
      '--no-color',
    ]);
    expect(operands).toEqual(['a', '@s/b@^2']);
    expect(options).toMatchObject({
      format: 'json',
      failOn: 'suspicious',
      downloadsUrl: 'none',
      useCache: false,
      color: false,
    });
  });

  it.each([
    ['--version', 'version'],
    ['--help', 'help'],
    ['-h', 'help'],
  ])('understands %s', (flag, command) => {
    expect(parseCommandLine([flag]).command).toBe(command);
  });

  it.each([
    [['chek']],
    [['check', '--formt', 'json']],
    [['check', '--format', 'yaml']],
    [['check', '--format']],
    [['check', '--concurrency', '0']],
    [['check', '--concurrency', '1.5']],
    [['check', '--timeout-ms', 'soon']],
    [['check', '--registry', 'ftp://127.0.0.1']],
    [['check', '--downloads-url', 'nowhere']],
    [['check', '--fail-on', 'safe']],
    [['check', '--since']],
    [['check', '--since=']],
    [['check', '--since', '']],
    [['check', '--since', '--output=x']],
    [['validate', 'left-pad', '--since', 'main']],
    [['explain', 'left-pad', '--since=main']],
    [['cache', 'stats', '--since', 'main']],
    [['scan', '--names', '-', '--since', 'main']],
    [['validate', 'left-pad', '--docs']],
  ])('calls %j wrong usage', (argv) => {
    expect(codeOf(argv)).toBe('USAGE');
  });

  it('leaves what follows the word of another program to that program', () => {
    const { command, operands, options } = parseCommandLine([
      '--format',
      'json',
      'npm',
      'install',
      '--format',
      'x',
      '--',
      'y',
    ]);
    expect({ command, operands, format: options.format }).toEqual({
      command: 'npm',
      operands: ['install', '--format', 'x', '--', 'y'],
      format: 'json',
    });
    expect(parseCommandLine([]).command).toBe('install');
  });

  it('either understands arguments or throws our own error', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('check', '--format', 'json', '--all', '-q', '--'))),
        (argv) => {
          expect(codeOf(argv)).toMatch(/^(understood|USAGE)$/);
        },
      ),
    );
  });
});

describe('the format of a failure', () => {
  it.each([
    [['check', '--format', 'json', '--wrong'], 'json'],
    [['--format=json'], 'json'],
    [['check', '--format'], 'text'],
    [[], 'text'],
  ])('for %j is %s', (argv, format) => {
    expect(guessFormat(argv)).toBe(format);
  });
});

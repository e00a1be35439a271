import { NAME, PRIVATE, secret } from './leak-world.js';

export type Command = {
  readonly command: string;
  readonly words: readonly string[];
  readonly stdin?: string;
};

const SPEC = `zq-spec@git+https://ada:${secret('Spec')}@git.test/x.git?token=${secret('SpecQuery')}`;
const FORMATS = ['text', 'json', 'sarif', 'markdown', 'github', 'html'];
const of = (command: string, words: readonly string[], stdin?: string): Command => ({
  command,
  words,
  ...(stdin === undefined ? {} : { stdin }),
});

const hook = (command: string): string =>
  JSON.stringify({ hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: { command } });

/** Every command that tells something, and every format of a report. */
export const COMMANDS: readonly Command[] = [
  ...FORMATS.map((format) =>
    of(`check --format ${format}`, ['check', '--format', format, '--all', '--verbose']),
  ),
  of('check --format html --output', ['check', '--format', 'html', '--all', '--output', 'report.html']),
  of('check --verify-integrity', ['check', '--verify-integrity', '--all']),
  of('check --offline', ['check', '--offline', '--all', '--format', 'json']),
  of('check --docs', ['check', '--docs', '--all', '--format', 'json']),
  of('check of a file', ['check', 'package.json', '--all', '--verbose']),
  of('validate', ['validate', NAME, PRIVATE, '--format', 'json', '--all']),
  of('validate of a spec with a secret', ['validate', SPEC]),
  of('validate of a spec with a secret, JSON', ['validate', SPEC, '--format', 'json', '--all']),
  of('validate of a URL', ['validate', `https://ada:${secret('Spec')}@files.test/x.tgz`]),
  of('explain', ['explain', NAME, '--format', 'json']),
  of('explain in text', ['explain', PRIVATE, '--verbose']),
  of('explain of a spec with a secret', ['explain', SPEC]),
  of('accept of a spec with a secret', ['accept', SPEC, '--reason', 'read it', '--yes']),
  of('accept', ['accept', `${NAME}@1.0.0`, '--reason', 'read it', '--yes']),
  of('doctor', ['doctor']),
  of('doctor, JSON', ['doctor', '--format', 'json']),
  of('cache stats', ['cache', 'stats', '--format', 'json']),
  of('cache verify', ['cache', 'verify']),
  of('preinstall', ['preinstall']),
  of('scan', ['scan', '--names', '-', '--workers', '0'], `${NAME}\n${SPEC}\n`),
  of('init, shown only', ['init']),
  of('init', ['init', '--yes']),
  of('init --global', ['init', '--global', '--yes']),
  of('agent-hook', ['agent-hook'], hook(`npm install ${SPEC} ${NAME}`)),
  of(
    'agent-hook, with settings in the line',
    ['agent-hook'],
    hook(
      `npm i ${NAME} --registry=http://ada:${secret('Line')}@127.0.0.1:9/ --//x.test/:_authToken=${secret('Line')}`,
    ),
  ),
  of('--registry with a secret', [
    'check',
    '--registry',
    `http://ada:${secret('Option')}@127.0.0.1:9/`,
    '--format',
    'json',
  ]),
  of('--registry that is no URL', ['check', '--registry', `ada:${secret('Option')}@nowhere`]),
  of('--downloads-url with a secret', [
    'check',
    '--downloads-url',
    `http://ada:${secret('Option')}@127.0.0.1:9/?k=${secret('Option')}`,
  ]),
];

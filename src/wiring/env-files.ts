import type { Places } from './places.js';
import { fishWord, shellWord } from './quote.js';

type Env = Readonly<Record<string, string | undefined>>;

const HEAD = '# phantom-guard-install: made by "init --global", removed by "init --global --undo"';

/** What bash, zsh and other POSIX shells read. The variable of the gate also holds where a repository sets its own. */
export function posixEnvironment({ home, shims, scriptShell }: Places, env: Env): string {
  const isChosen = env['PHANTOM_GUARD_HOME'] === home;
  return [
    HEAD,
    `case \${PATH-}: in`,
    `  ${shellWord(`${shims}:`)}*) ;;`,
    `  *) PATH=${shellWord(shims)}\${PATH:+:$PATH} ;;`,
    'esac',
    `npm_config_script_shell=${shellWord(scriptShell)}`,
    'export PATH npm_config_script_shell',
    ...(isChosen ? [`export PHANTOM_GUARD_HOME=${shellWord(home)}`] : []),
    '',
  ].join('\n');
}

/** The same for fish. */
export function fishEnvironment({ home, shims, scriptShell }: Places, env: Env): string {
  const isChosen = env['PHANTOM_GUARD_HOME'] === home;
  return [
    HEAD,
    `if test "$PATH[1]" != ${fishWord(shims)}`,
    `    set -gx PATH ${fishWord(shims)} $PATH`,
    'end',
    `set -gx npm_config_script_shell ${fishWord(scriptShell)}`,
    ...(isChosen ? [`set -gx PHANTOM_GUARD_HOME ${fishWord(home)}`] : []),
    '',
  ].join('\n');
}

/** The command that start files of POSIX shells get. */
export function posixCommand({ shellFile }: Places): string {
  return `if [ -r ${shellWord(shellFile)} ]; then . ${shellWord(shellFile)}; fi`;
}

/** The whole start file of fish. */
export function fishStartText({ fishFile }: Places): string {
  return `${HEAD}\nif test -r ${fishWord(fishFile)}\n    source ${fishWord(fishFile)}\nend\n`;
}

/** Whether a file is one that this module writes as a whole. */
export function isOurFile(bytes: Buffer): boolean {
  return bytes.subarray(0, HEAD.length).toString('utf8') === HEAD;
}

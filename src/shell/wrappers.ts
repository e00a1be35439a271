import { joinPlace } from './builtins.js';
import type { Handler } from './run-call.js';
import { elsewhere, runFindExec, runInContainer, runSsh, runXargs } from './run-other.js';
import { type Call, childScope, HOLE, isKnown, NO_INPUT, type Reading } from './scope.js';

type Options = {
  /** Options that take the next word. */
  readonly valued?: string;
  /** Words before the command, as the seconds of `timeout`. */
  readonly operands?: number;
  /** `A=b` before the command sets a variable. */
  readonly assigns?: boolean;
  /** Options that say in which folder it runs. */
  readonly folder?: readonly string[];
};

/** Programs that run the command that follows them. */
export const WRAPPERS: Readonly<Record<string, Handler>> = {
  sudo: wraps({
    valued: '-u -g -h -p -C -D -R -r -t -T -U --user --group --host --chdir',
    assigns: true,
    folder: ['-D', '--chdir'],
  }),
  doas: wraps({ valued: '-u -C' }),
  env: runEnv,
  time: wraps({ valued: '-f -o --format --output' }),
  nohup: wraps({}),
  setsid: wraps({}),
  nice: wraps({ valued: '-n --adjustment' }),
  ionice: wraps({ valued: '-c -n -p' }),
  stdbuf: wraps({ valued: '-i -o -e' }),
  timeout: wraps({ valued: '-s --signal -k --kill-after', operands: 1 }),
  gtimeout: wraps({ valued: '-s --signal -k --kill-after', operands: 1 }),
  command: wraps({ valued: '' }),
  builtin: wraps({}),
  exec: wraps({ valued: '-a' }),
  noglob: wraps({}),
  nocorrect: wraps({}),
  unbuffer: wraps({}),
  caffeinate: wraps({ valued: '-t -w' }),
  chronic: wraps({}),
  strace: wraps({ valued: '-e -o -p -s -u -P' }),
  proxychains: wraps({ valued: '-f' }),
  proxychains4: wraps({ valued: '-f' }),
  rtk: wraps({}),
  direnv: skipping(['exec'], 1),
  mise: skipping(['exec', 'x'], 0),
  asdf: skipping(['exec'], 0),
  volta: volta,
  fnm: skipping(['exec'], 0),
  nvm: skipping(['exec', 'run'], 1),
  dotenv: wraps({ valued: '-e -f -c' }),
  'dotenv-cli': wraps({ valued: '-e -f -c' }),
  'cross-env': wraps({ assigns: true }),
  watch: joined('-n --interval -q'),
  'cross-env-shell': joined(''),
  concurrently: everyWord,
  tmux: everyWord,
  screen: everyWord,
  at: fromInput,
  batch: fromInput,
  crontab: fromInput,
  'nix-shell': (call, reading) => runOption(call, reading, /^--(?:run|command)$/),
  nix: wraps({ valued: '-p --packages', operands: 1 }),
  poetry: skipping(['run'], 0),
  pipenv: skipping(['run'], 0),
  uv: skipping(['run'], 0),
  bundle: skipping(['exec'], 0),
  conda: skipping(['run'], 0),
  'npm-run-all': () => undefined,
  xargs: runXargs,
  parallel: runXargs,
  find: runFindExec,
  fd: runFindExec,
  ssh: runSsh,
  docker: runInContainer,
  podman: runInContainer,
  nerdctl: runInContainer,
  kubectl: runInContainer,
  script: scriptProgram,
  su: (call, reading) => runOption(call, reading, /^-\w*c$|^--command$/),
  flock: wraps({ valued: '-w -E --timeout', operands: 1 }),
  busybox: wraps({}),
  git: gitCommand,
};

function wraps(options: Options): Handler {
  return (call, reading) => {
    const open = call.words.slice(1);
    const { assigned, place } = takeOptions(open, call, options);
    const scope =
      place === call.scope.where.place ? call.scope : childScope(call.scope, { where: { place } });
    if (open.length > 0) reading.runCall({ ...call, words: open, assigned, scope });
  };
}

type Taken = { readonly assigned: Map<string, string>; place: string | null; left: number };

/** Takes the wrapper's own words from the front of `open`. */
function takeOptions(open: string[], call: Call, options: Options): Taken {
  const taken: Taken = {
    assigned: new Map(call.assigned),
    place: call.scope.where.place,
    left: options.operands ?? 0,
  };
  while (open.length > 0) {
    const [word = ''] = open;
    if (!isOwn(word, taken, options)) break;
    open.shift();
    if (word === '--') break;
    take(word, open, taken, options);
  }
  return taken;
}

const PAIR = /^([A-Za-z_]\w*)=(.*)$/s;

function isOwn(word: string, { left }: Taken, { assigns = false }: Options): boolean {
  return word.startsWith('-') || left > 0 || (assigns && PAIR.test(word));
}

function take(
  word: string,
  open: string[],
  taken: Taken,
  { valued = '', assigns = false, folder = [] }: Options,
): void {
  const [, name, value = ''] = (assigns ? PAIR.exec(word) : null) ?? [];
  if (name !== undefined) taken.assigned.set(name, value);
  else if (!word.startsWith('-')) taken.left -= 1;
  else if (valued.split(' ').includes(word)) {
    const given = open.shift() ?? HOLE;
    if (folder.includes(word)) taken.place = joinPlace(taken.place, given);
  }
}

const ENV = wraps({ valued: '-u --unset -C --chdir', assigns: true, folder: ['-C', '--chdir'] });

/** `env -i` starts without a PATH of the user's; `env -S TEXT` cuts a text into words. */
function runEnv(call: Call, reading: Reading): void {
  const at = call.words.findIndex((word) => /^-[iv]*S/.test(word));
  const text = call.words[at]?.replace(/^-[iv]*S/, '') ?? '';
  const isCleared = call.words.slice(1).findIndex((word) => /^-(?:i|-ignore-environment)?$/.test(word)) === 0;
  if (at === 1) reading.runText([text, ...call.words.slice(2)].join(' '), childScope(call.scope), call.input);
  else ENV(isCleared ? { ...call, assigned: new Map([...call.assigned, ['PATH', '']]) } : call, reading);
}

/** `mise exec node@20 -- npm i x`: what follows `--`, else what follows so many operands. */
function skipping(words: readonly string[], operands: number): Handler {
  return (call, reading) => {
    const rest = call.words.slice(1);
    if (!words.includes(rest[0] ?? '')) return;
    const at = rest.indexOf('--');
    const own = at > 0 ? rest.slice(at + 1) : rest.slice(1 + operands);
    const start = own.findIndex(
      (word, index) => !word.startsWith('-') && !/^-[np]$/.test(own[index - 1] ?? ''),
    );
    const open = start < 0 ? [] : own.slice(start);
    if (open.length > 0) reading.runCall({ ...call, words: open });
  };
}

function volta(call: Call, reading: Reading): void {
  const [, word, ...rest] = call.words;
  if (word === 'run') {
    const at = rest.findIndex(
      (one, index) => !one.startsWith('-') && !/^--(?:node|npm|yarn|pnpm)$/.test(rest[index - 1] ?? ''),
    );
    if (at >= 0) reading.runCall({ ...call, words: rest.slice(at) });
  }
  const tools = rest.filter((one) => !/^-|^(?:node|npm|pnpm|yarn)(?:@|$)/.test(one));
  if (word === 'install' && tools.length > 0)
    reading.runCall({ ...call, words: ['npm', 'install', '-g', ...tools] });
}

/** Programs that hand the words after their options to a shell. */
function joined(valued: string): Handler {
  const takesNext = new Set(valued.split(' '));
  return (call, reading) => {
    const rest = call.words.slice(1);
    const at = rest.findIndex(
      (word, index) => !word.startsWith('-') && !takesNext.has(rest[index - 1] ?? ''),
    );
    if (at >= 0) reading.runText(rest.slice(at).join(' '), childScope(call.scope), call.input);
  };
}

function fromInput({ input, scope }: Call, reading: Reading): void {
  if (input.kind === 'text') reading.runText(input.text, childScope(scope), NO_INPUT);
}

/** Words that may each be a command line; all of them together may be one too. */
function everyWord(call: Call, reading: Reading): void {
  const words = call.words.slice(1).filter((word) => !word.startsWith('-'));
  for (const word of words) if (/\s/.test(word)) reading.runText(word, childScope(call.scope), call.input);
  words.forEach((_, index) => {
    if (index < 4) reading.runCall({ ...call, words: words.slice(index) });
  });
}

function scriptProgram(call: Call, reading: Reading): void {
  runOption(call, reading, /^-\w*c$|^--command$/);
  const words = call.words.slice(1).filter((word) => !word.startsWith('-'));
  if (words.length > 1) reading.runCall({ ...call, words: words.slice(1) });
}

/** The text that follows an option. */
function runOption(call: Call, reading: Reading, option: RegExp): void {
  const at = call.words.findIndex((word) => option.test(word));
  const text = call.words[at + 1];
  if (at > 0 && text !== undefined) reading.runText(text, childScope(call.scope), call.input);
}

const CHANGES_FILES =
  /^(?:clone|pull|checkout|switch|merge|rebase|reset|restore|stash|apply|am|cherry-pick|revert|submodule|worktree)$/;

/** After some of them the project is another one than that on the disk. */
function gitCommand(call: Call, reading: Reading): void {
  const words = call.words.slice(1);
  const at = words.findIndex(
    (word, index) => !word.startsWith('-') && !/^-[Cc]$/.test(words[index - 1] ?? ''),
  );
  const word = words[at] ?? '';
  if (CHANGES_FILES.test(word)) reading.changesProject = true;
  const rest = words.slice(at + 1);
  if (word === 'submodule' && rest[0] === 'foreach')
    reading.runText(
      rest
        .filter((one) => !one.startsWith('-'))
        .slice(1)
        .join(' '),
      elsewhere(call),
      call.input,
    );
  if (word === 'bisect' && rest[0] === 'run') reading.runCall({ ...call, words: rest.slice(1) });
  if (word === 'rebase') runOption(call, reading, /^(?:-x|--exec)$/);
  if (rest.some((one) => !isKnown(one)) && word === HOLE) reading.runsUnknown = true;
}

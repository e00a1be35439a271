import { joinPlace } from './builtins.js';
import type { Handler } from './run-call.js';
import { type Call, childScope, HOLE, isKnown, type Reading } from './scope.js';

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
  'npm-run-all': () => undefined,
  xargs: xargs,
  parallel: xargs,
  find: findExec,
  fd: findExec,
  ssh: ssh,
  docker: container,
  podman: container,
  nerdctl: container,
  kubectl: container,
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

type Taken = { readonly assigned: Map<string, string>; readonly place: string | null };

/** Takes the wrapper's own words from the front of `open`. */
function takeOptions(open: string[], call: Call, options: Options): Taken {
  const { valued = '', operands = 0, assigns = false, folder = [] } = options;
  const takesNext = new Set(valued.split(' '));
  const assigned = new Map(call.assigned);
  let place = call.scope.where.place;
  let left = operands;
  for (let word = open[0]; word !== undefined; word = open[0]) {
    const pair = assigns ? /^([A-Za-z_]\w*)=(.*)$/s.exec(word) : null;
    const isOption = word.startsWith('-');
    if (pair === null && !isOption && left === 0) break;
    open.shift();
    if (word === '--') break;
    if (pair !== null) assigned.set(pair[1] ?? '', pair[2] ?? '');
    else if (!isOption) left -= 1;
    const given = isOption && takesNext.has(word) ? (open.shift() ?? HOLE) : null;
    if (given !== null && folder.includes(word)) place = joinPlace(place, given);
  }
  return { assigned, place };
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
    const open = at > 0 ? rest.slice(at + 1) : rest.slice(1 + operands);
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

function everyWord(call: Call, reading: Reading): void {
  for (const word of call.words.slice(1))
    if (!word.startsWith('-')) reading.runText(word, childScope(call.scope), call.input);
}

const XARGS_VALUED =
  /^-[ILnPsdaE]$|^--(?:replace|max-args|max-procs|delimiter|arg-file|max-lines|jobs|colsep)$/;

/** What comes in on stdin are further words. */
function xargs(call: Call, reading: Reading): void {
  const rest = call.words.slice(1);
  let at = 0;
  while (at < rest.length && /^-./.test(rest[at] ?? '')) at += XARGS_VALUED.test(rest[at] ?? '') ? 2 : 1;
  const words = rest.slice(at).filter((word) => word !== ':::');
  if (words.length === 0) return;
  const options = rest.slice(0, at);
  const given =
    call.input.kind === 'text' ? call.input.text.split(/\s+/).filter((word) => word !== '') : [HOLE];
  const mark = replaced(options);
  const filled =
    mark === null
      ? [...words, ...given]
      : words.flatMap((word) => (word === mark ? given : [word.replaceAll(mark, given[0] ?? HOLE)]));
  reading.runCall({ ...call, words: filled.slice(0, 1000), input: { kind: 'none' } });
}

/** The word of `-I {}` that stands for what comes in. */
function replaced(options: readonly string[]): string | null {
  const at = options.findIndex((word) => /^-I/.test(word) || word === '--replace' || word === '-i');
  if (at < 0) return null;
  const own = options[at]?.slice(2) ?? '';
  return own !== '' && options[at]?.startsWith('-I') ? own : (options[at + 1] ?? '{}');
}

function findExec(call: Call, reading: Reading): void {
  call.words.forEach((word, index) => {
    if (!/^(?:-(?:exec|execdir|ok|okdir)|-[xX]|--exec(?:-batch)?)$/.test(word)) return;
    const rest = call.words.slice(index + 1);
    const end = rest.findIndex((one) => one === ';' || one === '+');
    const words = (end < 0 ? rest : rest.slice(0, end)).map((one) => one.replaceAll('{}', HOLE));
    const where = { place: word.includes('dir') ? null : call.scope.where.place };
    reading.runCall({ ...call, words, scope: childScope(call.scope, { where }) });
  });
}

/** What runs on another machine is judged as if it ran here, in a folder that nobody knows. */
function elsewhere(call: Call) {
  return childScope(call.scope, { where: { place: null } });
}

function ssh(call: Call, reading: Reading): void {
  const rest = call.words.slice(1);
  const isOption = (index: number): boolean =>
    /^-/.test(rest[index] ?? '') || /^-[BbcDEeFIiJLlmOopQRSWw]$/.test(rest[index - 1] ?? '');
  const host = rest.findIndex((_, index) => !isOption(index));
  const words = host < 0 ? [] : rest.slice(host + 1);
  if (words.length > 0) reading.runText(words.join(' '), elsewhere(call), call.input);
}

const CONTAINER_VALUED =
  /^-(?:[euvwplhncmaf]|-(?:env|env-file|user|volume|workdir|publish|label|hostname|name|network|mount|platform|entrypoint|container|namespace|file|profile|memory|cpus|add-host|index))$/;

/** `docker run IMAGE …`, `docker exec NAME …`, `docker compose run SERVICE …`, `kubectl exec POD -- …`. */
function container(call: Call, reading: Reading): void {
  const rest = call.words.slice(1);
  const at = rest.findIndex((word) => word === 'run' || word === 'exec');
  if (at < 0) return;
  const open = rest.slice(at + 1);
  const skipped: string[] = [];
  while (open.length > 0 && /^-./.test(open[0] ?? '')) {
    const word = open.shift() ?? '';
    skipped.push(word);
    if (CONTAINER_VALUED.test(word)) skipped.push(open.shift() ?? '');
  }
  const entry = skipped.indexOf('--entrypoint');
  const words = open.slice(1).filter((word, index) => !(index === 0 && word === '--'));
  const all = entry < 0 ? words : [skipped[entry + 1] ?? '', ...words];
  if (all.length > 0) reading.runCall({ ...call, words: all, scope: elsewhere(call) });
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

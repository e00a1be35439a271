import { type Call, childScope, HOLE, NO_INPUT, type Reading, type Scope } from './scope.js';

const XARGS_VALUED =
  /^-[ILnPsdaE]$|^--(?:replace|max-args|max-procs|delimiter|arg-file|max-lines|jobs|colsep)$/;

/** What comes in on stdin are further words. */
export function runXargs(call: Call, reading: Reading): void {
  const rest = call.words.slice(1);
  let at = 0;
  while (at < rest.length && /^-./.test(rest[at] ?? '')) at += XARGS_VALUED.test(rest[at] ?? '') ? 2 : 1;
  const words = rest.slice(at).filter((word) => word !== ':::');
  if (words.length === 0) return;
  const options = rest.slice(0, at);
  const given = rest.includes(':::')
    ? []
    : call.input.kind === 'text'
      ? call.input.text.split(/\s+/).filter((word) => word !== '')
      : [HOLE];
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

export function runFindExec(call: Call, reading: Reading): void {
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
export function elsewhere(call: Call): Scope {
  return childScope(call.scope, { where: { place: null } });
}

export function runSsh(call: Call, reading: Reading): void {
  const rest = call.words.slice(1);
  const isOption = (index: number): boolean =>
    /^-/.test(rest[index] ?? '') || /^-[BbcDEeFIiJLlmOopQRSWw]$/.test(rest[index - 1] ?? '');
  const host = rest.findIndex((_, index) => !isOption(index));
  const words = host < 0 ? [] : rest.slice(host + 1);
  if (words.length > 0) reading.runText(words.join(' '), elsewhere(call), call.input);
  else if (call.input.kind === 'text') reading.runText(call.input.text, elsewhere(call), NO_INPUT);
}

const CONTAINER_VALUED =
  /^-(?:[euvwplhncmaf]|-(?:env|env-file|user|volume|workdir|publish|label|hostname|name|network|mount|platform|entrypoint|container|namespace|file|profile|memory|cpus|add-host|index))$/;

/** `docker run IMAGE …`, `docker exec NAME …`, `docker compose run SERVICE …`, `kubectl exec POD -- …`. */
export function runInContainer(call: Call, reading: Reading): void {
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

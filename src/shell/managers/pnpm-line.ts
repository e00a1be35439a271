import { type PnpmEffect, pnpmEffect } from '../../wrap-pnpm/pnpm-commands.js';
import { type PnpmWord, pnpmWords } from '../../wrap-pnpm/pnpm-words.js';
import type { Handler } from '../run-call.js';
import { type Call, childScope, type Reading } from '../scope.js';
import { type Action, act, isHidden } from './act.js';

/** `pnpm …`, and `pnpx …`, which is `pnpm dlx`. */
export const PNPM: Readonly<Record<string, Handler>> = {
  pnpm: (call, reading) => runPnpm(call, call.words.slice(1), reading),
  pn: (call, reading) => runPnpm(call, call.words.slice(1), reading),
  pnpx: (call, reading) => runPnpm(call, ['dlx', ...call.words.slice(1)], reading),
};

const ACTIONS: Readonly<Record<PnpmEffect, Action>> = {
  install: 'install',
  add: 'install',
  update: 'install',
  'install-test': 'install',
  dedupe: 'project',
  import: 'project',
  locked: 'project',
  dlx: 'run',
  create: 'create',
  script: 'none',
  open: 'none',
  prepared: 'none',
  remove: 'none',
  none: 'none',
};

function isOver([word = '', ...more]: readonly string[]): boolean {
  const effect = pnpmEffect(word);
  if (word === '') return false;
  return effect === null || effect === 'script' || (/^(?:dlx|create)$/.test(word) && more.length > 0);
}

function runPnpm(call: Call, args: readonly string[], reading: Reading): void {
  const cut = pnpmWords(args, isOver);
  const [word, ...operands] = cut.filter(({ kind }) => kind === 'word').map(({ name }) => name);
  if (word === undefined || isSet(cut, 'help') || isSet(cut, 'version')) return;
  if (isHidden(word, call, reading)) return;
  const line = {
    call,
    manager: 'pnpm',
    operands,
    packages: cut.flatMap(({ name, value }) => (name === 'package' && value !== null ? [value] : [])),
    folder: givenValue(cut, 'dir') ?? givenValue(cut, 'prefix'),
    registry: givenValue(cut, 'registry'),
  } as const;
  act(
    /^(?:cit|install-ci-test)$/.test(word) ? 'project' : ACTIONS[pnpmEffect(word) ?? 'none'],
    line,
    reading,
  );
  if (word === 'with') runPnpm(call, operands.slice(1), reading);
  if (word === 'exec') runExec(call, operands, reading);
  if (word === 'dlx' && isSet(cut, 'shell-mode'))
    reading.runText(operands.join(' '), childScope(call.scope), call.input);
}

function runExec(call: Call, operands: readonly string[], reading: Reading): void {
  const at = operands.findIndex((word) => !word.startsWith('-'));
  if (at < 0) return;
  const words = operands.slice(at);
  reading.runCall({ ...call, words });
  if (operands.some((word) => /^(?:-c|--shell-mode)$/.test(word)))
    reading.runText(words.join(' '), childScope(call.scope), call.input);
}

function givenValue(words: readonly PnpmWord[], wanted: string): string | null {
  return words.findLast(({ kind, name }) => kind === 'option' && name === wanted)?.value ?? null;
}

function isSet(words: readonly PnpmWord[], wanted: string): boolean {
  const found = words.findLast(({ kind, name }) => kind === 'option' && name === wanted);
  return found !== undefined && !found.isNegated && found.value !== 'false';
}

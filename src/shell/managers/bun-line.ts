import type { Handler } from '../run-call.js';
import type { Call, Reading } from '../scope.js';
import { type Action, act, isHidden } from './act.js';
import { cutWords, isOn, lastOf, names } from './options.js';

const RULES = {
  valued: names(
    'cwd registry config cache-dir backend concurrent-scripts network-concurrency omit filter package ca cafile linker cpu os',
  ),
  short: { c: 'config', F: 'filter', p: 'package', h: 'help', v: 'version' },
  isOver: ([first = '', second]: readonly string[]): boolean =>
    /^(?:x|create|c)$/.test(first) && second !== undefined,
};

const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['add', 'install'],
  ['a', 'install'],
  ['install', 'install'],
  ['i', 'install'],
  ['update', 'install'],
  ['ci', 'project'],
  ['x', 'run'],
  ['create', 'create'],
  ['c', 'create'],
]);

/** `bun …`, and `bunx …`, which is `bun x`. */
export const BUN: Readonly<Record<string, Handler>> = {
  bun: (call, reading) => runBun(call, call.words.slice(1), reading),
  bunx: (call, reading) => runBun(call, ['x', ...call.words.slice(1)], reading),
};

function runBun(call: Call, args: readonly string[], reading: Reading): void {
  const cut = cutWords(args, RULES);
  const [word, ...operands] = [...cut.words, ...cut.rest];
  if (word === undefined || isOn(cut, 'help') || isOn(cut, 'dry-run') || isHidden(word, call, reading))
    return;
  const packages = cut.options.get('package') ?? [];
  const asks = { folder: lastOf(cut, 'cwd'), registry: lastOf(cut, 'registry') };
  act(ACTIONS.get(word) ?? 'none', { call, manager: 'bun', operands, packages, ...asks }, reading);
}

import type { Handler } from '../run-call.js';
import type { Call, Reading } from '../scope.js';
import { type Action, act, isHidden } from './act.js';
import { cutWords, isOn, lastOf, names } from './options.js';

/** Of yarn 1 and of later ones. */
const RULES = {
  valued: names(
    'cwd registry modules-folder cache-folder preferred-cache-folder mutex network-concurrency network-timeout otp use-yarnrc https-proxy proxy link-folder global-folder package mode template tag from include exclude',
  ),
  short: { p: 'package', h: 'help', v: 'version' },
  /** The program of `yarn dlx` takes what follows it. */
  isOver: ([first, second]: readonly string[]): boolean => first === 'dlx' && second !== undefined,
};

const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['install', 'install'],
  ['add', 'install'],
  ['up', 'install'],
  ['upgrade', 'install'],
  ['upgrade-interactive', 'project'],
  ['dedupe', 'project'],
  ['import', 'project'],
  ['dlx', 'run'],
  ['create', 'create'],
]);

/** `yarn …`. */
export const YARN: Readonly<Record<string, Handler>> = { yarn: runYarn, yarnpkg: runYarn };

function runYarn(call: Call, reading: Reading): void {
  const cut = cutWords(call.words.slice(1), RULES);
  const [word = 'install', ...operands] = [...cut.words, ...cut.rest];
  if (isOn(cut, 'help') || isOn(cut, 'version') || isHidden(word, call, reading)) return;
  const packages = cut.options.get('package') ?? [];
  const asks = { folder: lastOf(cut, 'cwd'), registry: lastOf(cut, 'registry') };
  act(ACTIONS.get(word) ?? 'none', { call, manager: 'yarn', operands, packages, ...asks }, reading);
  if (word === 'exec') reading.runCall({ ...call, words: operands });
  else runInner(call, word, operands, reading);
}

/** `yarn global add x`, `yarn workspace NAME add x`, `yarn workspaces foreach add x`. */
function runInner(call: Call, word: string, operands: readonly string[], reading: Reading): void {
  const skipped = { global: 0, workspace: 1, workspaces: 1 }[word];
  const inner = skipped === undefined ? [] : operands.slice(skipped);
  if (inner.length > 0 && inner[0] !== 'run')
    runYarn({ ...call, words: [call.words[0] ?? '', ...inner] }, reading);
}

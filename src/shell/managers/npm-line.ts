import { type NpmEffect, npmCommand, npmEffect } from '../../wrap/npm-commands.js';
import type { Handler } from '../run-call.js';
import { type Call, childScope, HOLE, isKnown, type Reading } from '../scope.js';
import { type Action, act, isHidden, type ManagerLine } from './act.js';
import { type CutWords, cutWords, isOn, lastOf, names } from './options.js';
import { notePackages } from './report.js';

/** npm's options that take a value, of versions 10 to 12; test/unit/shell/managers.test.ts compares them with npm's own. */
export const NPM_VALUED = names(
  '_auth access allow-directory allow-file allow-git allow-remote allow-scripts also audit-level auth-type before ca cache cache-max cache-min cafile call cert cidr cpu depth diff diff-dst-prefix diff-src-prefix diff-unified editor expect-result-count expires fetch-retries fetch-retry-factor fetch-retry-maxtimeout fetch-retry-mintimeout fetch-timeout git globalconfig heading https-proxy include init-author-email init-author-name init-author-url init-license init-module init-type init-version init.author.email init.author.name init.author.url init.license init.module init.version install-strategy key libc local-address location lockfile-version loglevel logs-dir logs-max maxsockets message min-release-age min-release-age-exclude name node-gyp node-options noproxy omit only orgs orgs-permission os otp pack-destination package packages packages-and-scopes-permission password prefix preid provenance-file proxy registry replace-registry-host save-prefix sbom-format sbom-type scope scopes script-shell searchexclude searchlimit searchopts searchstaleness shell tag tag-version-prefix token-description umask user-agent userconfig viewer which workspace',
);

const SHORT: Readonly<Record<string, string>> = {
  C: 'prefix',
  L: 'location',
  w: 'workspace',
  g: 'global',
  c: 'call',
  m: 'message',
  n: 'no-yes',
  reg: 'registry',
  'enjoy-by': 'before',
};

/** `npm …` and `ni …`. */
export const NPM: Readonly<Record<string, Handler>> = {
  npm: runNpm,
  npx: (call, reading) => runNpx(call, call.words.slice(1), reading),
  ni: (call, reading) =>
    runNpm({ ...call, words: [call.words[0] ?? '', 'install', ...call.words.slice(1)] }, reading),
  nlx: (call, reading) => runNpx(call, call.words.slice(1), reading),
};

const ACTIONS: Readonly<Record<NpmEffect, Action>> = {
  install: 'install',
  link: 'install',
  ci: 'project',
  update: 'project',
  audit: 'none',
  exec: 'none',
  init: 'create',
  reify: 'none',
  workspaces: 'none',
  none: 'none',
};

function runNpm(call: Call, reading: Reading): void {
  const cut = cutWords(call.words.slice(1), { valued: NPM_VALUED, short: SHORT });
  const [word, ...operands] = [...cut.words, ...cut.rest];
  if (word === undefined || isOn(cut, 'dry-run') || isOn(cut, 'help') || isOn(cut, 'h')) return;
  if (isHidden(word, call, reading)) return;
  const line = lineOf(call, cut, operands);
  if (word === 'pkg') notePackageEdit(line, reading);
  else if (word === 'explore')
    reading.runText(operands.slice(1).join(' '), childScope(call.scope), call.input);
  else if (npmEffect(word) === 'exec') runNpx(call, call.words.slice(call.words.indexOf(word) + 1), reading);
  else act(actionOf(word, operands), line, reading);
}

function lineOf(call: Call, cut: CutWords, operands: readonly string[]): ManagerLine {
  const packages = cut.options.get('package') ?? [];
  const asks = { folder: lastOf(cut, 'prefix'), registry: lastOf(cut, 'registry') };
  return { call, manager: 'npm', operands, packages, ...asks };
}

function actionOf(word: string, operands: readonly string[]): Action {
  if (npmCommand(word) === 'uninstall') return 'none';
  if (npmEffect(word) === 'audit') return operands[0] === 'fix' ? 'project' : 'none';
  return ACTIONS[npmEffect(word)];
}

const LISTS = 'dependencies|devDependencies|optionalDependencies|peerDependencies';
const FIELD = new RegExp(`^(?:${LISTS})(?:\\.|\\[)["']?([^\\]"'=]+)["']?\\]?=(.*)$`, 's');

/** `npm pkg set dependencies.x=^1`. */
function notePackageEdit({ call, operands: [verb, ...fields], folder }: ManagerLine, reading: Reading): void {
  if (verb !== 'set') return;
  const specs = fields.flatMap((field) => {
    const [, name, range = ''] = FIELD.exec(field) ?? [];
    if (name === undefined) return isKnown(field) ? [] : [HOLE];
    return [range === '' ? name : `${name}@${range.replace(/^"|"$/g, '')}`];
  });
  if (fields.some((field) => /^phantomGuard\b/.test(field))) {
    const text = call.words.join(' ');
    reading.findings.push({ kind: 'override', what: 'configuration', file: null, text });
  }
  notePackages(call, { manager: 'npm', how: 'install', specs, folder }, reading);
}

const NPX = {
  valued: NPM_VALUED,
  short: { ...SHORT, p: 'package' },
  isOver: (words: readonly string[]): boolean => words.length > 0,
};

/** `npx`, `npm exec`: the first word is a package, unless `--package` names it. */
function runNpx(call: Call, args: readonly string[], reading: Reading): void {
  const cut = cutWords(args, NPX);
  const operands = [...cut.words, ...cut.rest];
  const text = lastOf(cut, 'call') ?? '';
  if (text !== '') reading.runText(text, childScope(call.scope), call.input);
  if (!isOn(cut, 'no-install') && !isOn(cut, 'no')) act('run', lineOf(call, cut, operands), reading);
}

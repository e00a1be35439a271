import type { Facts } from './facts.js';
import { type Finding, INIT, INIT_GLOBAL } from './finding.js';
import { settingOf } from './npm-setting.js';
import { HOOK_FILE, type HookState, RECORD_FILE } from './read-hooks.js';

/** What is wrong with what `init` left in the project; nothing where it left nothing. */
export function findInHooks(facts: Facts): readonly Finding[] {
  const { isCalled, file } = facts.hooks;
  const isOfPnpm = facts.pnpm.stub !== 'missing' || facts.pnpm.hooks !== 'missing';
  if (!isCalled && (file === 'missing' || isOfPnpm)) return [];
  return [...findFile(facts), ...findGuardless(facts), ...findStrictness(facts)];
}

function findFile({ hooks: { isCalled, file }, npm }: Facts): readonly Finding[] {
  const findings: Finding[] = [];
  if (!isCalled) {
    const message = 'scripts.preinstall does not run the hook, or other commands before it';
    findings.push({ code: 'PREINSTALL_NOT_CALLED', message, fix: INIT, file: 'package.json' });
  }
  if (file === 'missing') {
    const message = 'scripts.preinstall runs a hook that is not there: every install ends with an error';
    findings.push({ code: 'PREINSTALL_FILE_MISSING', message, fix: INIT, file: HOOK_FILE });
  }
  if (file === 'modified') {
    const message = 'the hook is not byte for byte that of this version';
    findings.push({ code: 'PREINSTALL_FILE_MODIFIED', message, fix: INIT, file: HOOK_FILE });
  }
  if (isCalled && npm !== null && npm.major !== null && npm.major < 12) {
    const message = `npm ${npm.version} runs the root's preinstall after the scripts of all dependencies: it only reports`;
    findings.push({ code: 'PREINSTALL_TOO_LATE', message, fix: 'phantom-guard-install npm ci, or npm 12' });
  }
  return findings;
}

function findGuardless({ hooks: { guard, record } }: Facts): readonly Finding[] {
  const findings: Finding[] = [];
  if (guard === null) {
    const message =
      'the hook finds no guard in the project, at the user or by the record: every install ends with an error';
    findings.push({ code: 'PREINSTALL_WITHOUT_GUARD', message, fix: INIT_GLOBAL });
  }
  return [...findings, ...findRecord(record)];
}

/** What keeps clones from finding a guard of their own. */
export function findRecord(record: HookState['record']): readonly Finding[] {
  const findings: Finding[] = [];
  if (record === 'missing') {
    const message = `${RECORD_FILE} is missing: clones without an install of their own find no guard`;
    findings.push({ code: 'RECORD_MISSING', message, fix: INIT, file: RECORD_FILE });
  }
  if (record === 'invalid') {
    const message = `${RECORD_FILE} names no exact version with its sha512 integrity`;
    findings.push({ code: 'RECORD_INVALID', message, fix: INIT, file: RECORD_FILE });
  }
  return findings;
}

function findStrictness({ layers, npm }: Facts): readonly Finding[] {
  const setting = settingOf(layers, 'strict-allow-scripts');
  if (npm === null || npm.major === null) return [];
  const isOn = setting !== null && String(setting.value) === 'true';
  if (!isOn && npm.major === 11) {
    const message =
      'strict-allow-scripts is off: npm 11 runs install scripts that nobody allowed, before the hook';
    const fix = 'npm config set strict-allow-scripts=true --location=project';
    return [{ code: 'STRICT_ALLOW_SCRIPTS_OFF', message, fix, file: '.npmrc' }];
  }
  if (isOn && npm.major < 11) {
    const message = `npm ${npm.version} does not know strict-allow-scripts, and runs every install script`;
    return [
      { code: 'STRICT_ALLOW_SCRIPTS_UNKNOWN', message, fix: 'npm install -g npm@11', file: setting.source },
    ];
  }
  return [];
}

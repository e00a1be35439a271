import { readFileSync } from 'node:fs';
import { ActionError } from './action-error.mjs';

/** Only what npm takes as one version of a registry: no tag, range, alias, URL or folder. */
const EXACT_VERSION = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/;

/** The inputs of action.yml, from the variables that its step sets. `null` = not given. */
export function readInputs(env) {
  const given = (name) => env[`INPUT_${name}`] || null;
  return {
    path: given('PATH') ?? '.',
    since: given('SINCE') ?? 'auto',
    base: env.BASE_SHA || null,
    failOn: given('FAIL_ON'),
    format: given('FORMAT') ?? 'github',
    sarifFile: given('SARIF_FILE'),
    comment: given('COMMENT'),
    version: readVersion(given('VERSION') ?? versionOfAction()),
    registry: given('REGISTRY'),
    downloadsUrl: given('DOWNLOADS_URL'),
    offline: readSwitch('offline', given('OFFLINE') ?? 'false'),
    args: (given('ARGS') ?? '').split(/\r?\n/).flatMap((line) => line.trim() || []),
  };
}

function versionOfAction() {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}

function readVersion(text) {
  if (!EXACT_VERSION.test(text))
    throw new ActionError(`version: ${JSON.stringify(text)} is no exact version, such as 1.2.3`);
  return text;
}

function readSwitch(name, text) {
  if (text !== 'true' && text !== 'false')
    throw new ActionError(`${name}: ${JSON.stringify(text)} is neither true nor false`);
  return text === 'true';
}

import { guardedFile } from './guarded-file.js';
import type { Handler } from './run-call.js';
import type { Call, Reading } from './scope.js';

export function noteGuardedFile(file: string, { findings }: Reading): void {
  const what = guardedFile(file);
  if (what !== null) findings.push({ kind: 'override', what, file, text: file });
}

/** Variables of the guard that a command sets, for itself or for what follows. */
export function noteVariables({ words, assigned }: Call, { findings }: Reading): void {
  const given = [...assigned.keys(), ...words.slice(0, 40)];
  const name = given
    .map((word) => /^PHANTOM_GUARD_(?!TEST_)[A-Z_]+/.exec(word)?.[0])
    .find((one) => one !== undefined);
  const sets =
    assigned.size > 0 || /^(?:export|declare|typeset|readonly|env|sudo|unset)$/.test(words[0] ?? '');
  if (name !== undefined && sets)
    findings.push({ kind: 'override', what: 'variable', file: null, text: name });
}

/** The guard's own command line: what it lets through or takes out is for a person. */
export const GUARD: Readonly<Record<string, Handler>> = {
  'phantom-guard-install': (call, reading) => {
    const rest = call.words.slice(1);
    const at = rest.findIndex((word) => /^(?:npm|npx|pnpm|pnpx)$/.test(word));
    const [first = ''] = rest.filter((word) => !word.startsWith('-'));
    const text = call.words.join(' ');
    if (first === 'accept') reading.findings.push({ kind: 'override', what: 'accept', file: null, text });
    else if (/^(?:init|agent-hook)$/.test(first) && rest.includes('--undo'))
      reading.findings.push({ kind: 'override', what: 'undo', file: null, text });
    else if (at >= 0) reading.runCall({ ...call, words: rest.slice(at) });
  },
};

import type { Override } from './finding.js';
import { guardedFile } from './guarded-file.js';
import type { Handler } from './run-call.js';
import type { Call, Reading } from './scope.js';

export function noteGuardedFile(file: string, { findings }: Reading): void {
  const what = guardedFile(file);
  if (what !== null) findings.push({ kind: 'override', what, file, text: file });
}

const VARIABLE = /^PHANTOM_GUARD_(?!TEST_)[A-Z_]+/;
const SETS = /^(?:export|declare|typeset|readonly|local|unset)$/;

/** Variables of the guard that a command sets, for itself or for what follows. */
export function noteVariables(
  { words: [program = '', ...words], assigned }: Call,
  { findings }: Reading,
): void {
  const given = [...assigned.keys(), ...(SETS.test(program) ? words : [])];
  const name = given.map((word) => VARIABLE.exec(word)?.[0]).find((one) => one !== undefined);
  if (name !== undefined) findings.push({ kind: 'override', what: 'variable', file: null, text: name });
}

/** The guard's own command line: what it lets through or takes out is for a person. */
export const GUARD: Readonly<Record<string, Handler>> = {
  'phantom-guard-install': (call, reading) => {
    const rest = call.words.slice(1);
    const at = rest.findIndex((word) => /^(?:npm|npx|pnpm|pnpx)$/.test(word));
    // Before the command there may be options with values, which may be called like anything.
    const own = at < 0 ? rest : rest.slice(0, at);
    const note = (what: Override): unknown =>
      reading.findings.push({ kind: 'override', what, file: null, text: call.words.join(' ') });
    if (own.includes('accept')) note('accept');
    if (own.includes('--undo')) note('undo');
    if (at >= 0) reading.runCall({ ...call, words: rest.slice(at) });
  },
};

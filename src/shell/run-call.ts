import { BUILTINS } from './builtins.js';
import { INTERPRETERS } from './interpreters.js';
import { MANAGERS } from './managers/index.js';
import { GUARD, noteVariables } from './overrides.js';
import { isPath, programName } from './program-name.js';
import type { Call, Reading } from './scope.js';
import { SHELLS } from './shells.js';
import { WRAPPERS } from './wrappers.js';
import { WRITERS } from './writes.js';

/** What a program does, as far as it concerns the guard. */
export type Handler = (call: Call, reading: Reading) => void;

const HANDLERS: ReadonlyMap<string, Handler> = new Map([
  ...Object.entries(WRITERS),
  ...Object.entries(INTERPRETERS),
  ...Object.entries(BUILTINS),
  ...Object.entries(WRAPPERS),
  ...Object.entries(SHELLS),
  ...Object.entries(MANAGERS),
  ...Object.entries(GUARD),
]);

/** Words after which a program that isn't known may be a package manager. */
const VERBS = /^(?:i|in|ins\w*|isnt\w*|add|ci|dlx|global)$/;

/** Rewrites text, so that what it prints can't be told from the line. */
const DECODERS =
  /^(?:base64|base32|xxd|openssl|gpg|uudecode|rev|tr|sed|[gmn]?awk|perl|python[\d.]*|ruby|gunzip|zcat|cut)$/;

/** Looks at one simple command. */
export function runCall(call: Call, reading: Reading): void {
  const [first = ''] = call.words;
  noteVariables(call, reading);
  if (first === '') return;
  const name = programName(first);
  if (name === null) {
    noteUnknown(call, reading);
    return;
  }
  if (DECODERS.test(name)) reading.decodes = true;
  const handler = HANDLERS.get(name);
  if (handler !== undefined) handler(call, reading);
  else if (isPath(first))
    reading.findings.push({ kind: 'script', file: first, place: call.scope.where.place });
}

/** A program that the line doesn't show: with the word of an install after it, it may be one. */
function noteUnknown({ words }: Call, reading: Reading): void {
  const [first = ''] = words.slice(1).filter((word) => !word.startsWith('-'));
  if (first === '') reading.runsUnknown = true;
  if (VERBS.test(first)) reading.findings.push({ kind: 'unclear', why: 'command', text: words.join(' ') });
}

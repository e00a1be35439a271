import { MANAGERS } from './managers/index.js';
import { programName } from './program-name.js';
import type { Handler } from './run-call.js';
import { type Call, isKnown, type Reading } from './scope.js';

/** A package manager and its verb in a text of any language: in one string, or as words of a list. */
const INSTALLS =
  /\b(?:npm|pnpm|yarn|bun)(?:\.cmd)?\b[\s'",[\]]+(?:-\S+[\s'",]+)*(?:i|in|ins\w*|isnt\w*|add|ci|exec|x|dlx|create|init|update|up)\b|\b(?:npx|bunx|pnpx)\b[\s'",[\]]+[\w@-]/;

const NODE_VALUED =
  /^(?:-r|--require|--import|--loader|--experimental-loader|-C|--conditions|--env-file|--env-file-if-exists|--max-old-space-size|--input-type|--title|--inspect-port|--watch-path)$/;

/** Programs that run code of another language. */
export const INTERPRETERS: Readonly<Record<string, Handler>> = {
  node: runNode,
  nodejs: runNode,
  tsx: runNode,
  'ts-node': runNode,
  python: runCode,
  python2: runCode,
  python3: runCode,
  perl: runCode,
  ruby: runCode,
  php: runCode,
  lua: runCode,
  osascript: runCode,
  awk: runCode,
  gawk: runCode,
};

/** `node …/npm-cli.js` is npm; code is only looked through. */
function runNode(call: Call, reading: Reading): void {
  const rest = call.words.slice(1);
  const at = rest.findIndex(
    (word, index) => !word.startsWith('-') && !NODE_VALUED.test(rest[index - 1] ?? ''),
  );
  const file = rest[at];
  const isCode = rest
    .slice(0, at < 0 ? rest.length : at)
    .some((word) => /^-(?:e|p|pe|-eval|-print)(?:=|$)/.test(word));
  const name = file === undefined || isCode ? null : programName(file);
  if (file !== undefined && /(?:^|\/)phantom-guard(?:-install)?\/(?:.*\/)?cli\.(?:js|ts)$/.test(file)) {
    reading.runCall({ ...call, words: ['phantom-guard-install', ...rest.slice(at + 1)] });
    return;
  }
  const manager = name === null || file === name ? undefined : MANAGERS[name];
  if (manager !== undefined) manager({ ...call, words: rest.slice(at) }, reading);
  else runCode(call, reading);
}

function runCode({ words, input }: Call, reading: Reading): void {
  const files = words.map((word) => reading.files.get(word) ?? '');
  const texts = [...words.slice(1), ...files, input.kind === 'text' ? input.text : ''].filter(
    (text) => text !== '',
  );
  const code = texts.find((text) => INSTALLS.test(text));
  if (code !== undefined) reading.findings.push({ kind: 'unclear', why: 'code', text: code });
  else if (words.slice(1).some((word) => !isKnown(word)) && /^-[ec]$/.test(words[1] ?? ''))
    reading.runsUnknown = true;
}

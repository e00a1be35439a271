import { joinPlace } from './builtins.js';
import { isManifest } from './is-manifest.js';
import { noteGuardedFile } from './overrides.js';
import { textOf } from './print-of.js';
import type { Handler } from './run-call.js';
import { type Call, isKnown, type Reading, type Scope } from './scope.js';

/** A file gets this text; holes are what the line doesn't show. */
export function noteWrite(
  file: string,
  text: string,
  isAppended: boolean,
  scope: Scope,
  reading: Reading,
): void {
  const place = joinPlace(scope.where.place, file);
  noteGuardedFile(place ?? file, reading);
  const plain = file.replace(/^(?:\.\/)+/, '');
  const whole = isAppended ? `${reading.files.get(plain) ?? ''}${text}` : text;
  for (const name of [file, plain, `./${plain}`]) reading.files.set(name, whole);
  if (!isManifest(file)) return;
  if (isKnown(text) && !isAppended && place !== null)
    reading.findings.push({ kind: 'manifest', file: place, text });
  else reading.changesProject = true;
}

/** Programs that change files which they are given. */
export const WRITERS: Readonly<Record<string, Handler>> = {
  tee: ({ words, scope, input }, reading) => {
    const files = words.slice(1).filter((word) => !word.startsWith('-'));
    const isAppended = words.includes('-a') || words.includes('--append');
    for (const file of files) noteWrite(file, textOf(input), isAppended, scope, reading);
  },
  cp: copies,
  mv: copies,
  ln: copies,
  install: copies,
  rsync: copies,
  rm: changes,
  unlink: changes,
  shred: changes,
  truncate: changes,
  chmod: changes,
  chown: changes,
  touch: () => undefined,
  sponge: changes,
  apply_patch: ({ words, input }, reading) => {
    const text = words[1] ?? textOf(input);
    reading.findings.push({ kind: 'patch', text });
  },
  patch: (_, reading) => {
    reading.changesProject = true;
  },
  unzip: unpacks,
  tar: unpacks,
  dd: (call, reading) => {
    const files = call.words.flatMap((word) => (word.startsWith('of=') ? [word.slice(3)] : []));
    changes({ ...call, words: ['dd', ...files] }, reading);
  },
  sed: (call, reading) => {
    if (call.words.some((word) => /^-[a-zA-Z]*i|^--in-place/.test(word))) changes(call, reading);
  },
};

function changes({ words, scope }: Call, reading: Reading): void {
  for (const file of words.slice(1)) {
    noteGuardedFile(joinPlace(scope.where.place, file) ?? file, reading);
    if (isManifest(file)) reading.changesProject = true;
  }
}

/** What is copied over a package.json is known where the line wrote it. */
function copies(call: Call, reading: Reading): void {
  const files = call.words.slice(1).filter((word) => !word.startsWith('-'));
  const target = files.at(-1);
  if (files.length < 2 || target === undefined) return;
  const source = files[0] ?? '';
  const text = reading.files.get(source);
  const name = source.slice(source.lastIndexOf('/') + 1);
  const file = /(?:^|\/)\.{0,2}\/?$/.test(target) ? `${target.replace(/\/$/, '')}/${name}` : target;
  if (text !== undefined) noteWrite(file, text, false, call.scope, reading);
  else if (isManifest(file)) reading.changesProject = true;
  const touched = call.words[0]?.endsWith('mv') === true ? files : [target];
  for (const one of touched) noteGuardedFile(joinPlace(call.scope.where.place, one) ?? one, reading);
}

function unpacks(_: Call, reading: Reading): void {
  reading.changesProject = true;
}

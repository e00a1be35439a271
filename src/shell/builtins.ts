import type { Handler } from './run-call.js';
import { type Call, HOLE, isKnown, setVariable } from './scope.js';

const ASSIGNS: Handler = ({ words, scope }) => {
  for (const word of words.slice(1)) {
    const [, name = '', value = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? [];
    if (name !== '') setVariable(scope, name, value);
  }
};

/** What a shell itself does. */
export const BUILTINS: Readonly<Record<string, Handler>> = {
  export: ASSIGNS,
  declare: ASSIGNS,
  typeset: ASSIGNS,
  local: ASSIGNS,
  readonly: ASSIGNS,
  cd: changeFolder,
  pushd: changeFolder,
  popd: ({ scope }) => {
    scope.where.place = null;
  },
  read: ({ words, scope }) => {
    for (const name of words.slice(1)) if (/^[A-Za-z_]\w*$/.test(name)) scope.vars.set(name, HOLE);
  },
  unset: ({ words, scope }) => {
    for (const name of words.slice(1)) scope.vars.delete(name);
  },
  alias: ({ words, scope }) => {
    for (const word of words.slice(1)) {
      const at = word.indexOf('=');
      if (at > 0) scope.aliases.set(word.slice(0, at), word.slice(at + 1).split(/\s+/));
    }
  },
  eval: ({ words, scope, input }, reading) => {
    const text = words.slice(1).join(' ');
    if (text !== '') reading.runText(text, scope, input);
  },
  trap: ({ words, scope, input }, reading) => {
    if (words.length > 2 && words[1] !== '-') reading.runText(words[1] ?? '', scope, input);
  },
  set: ({ words, scope }) => {
    const at = words.indexOf('--');
    if (at > 0) Object.assign(scope, { positional: ['sh', ...words.slice(at + 1)] });
  },
};

function changeFolder({ words, scope }: Call): void {
  const folder = words.slice(1).find((word) => !/^-[LPe@]+$/.test(word) && word !== '--');
  scope.where.place = folder === undefined ? '~' : joinPlace(scope.where.place, folder);
}

/** The folder that `folder` names, seen from `place`; `null` = it isn't known. */
export function joinPlace(place: string | null, folder: string): string | null {
  if (!isKnown(folder) || folder === '-' || /[*?]/.test(folder)) return null;
  if (/^[/~]/.test(folder)) return folder;
  return place === null ? null : place === '.' ? folder : `${place}/${folder}`;
}

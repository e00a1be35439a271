/** Not one of the words that mean no string, in any letters. */
const NO_WORD = '(?!(?:[Nn][Uu][Ll][Ll]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])[:,} \\n])';
const FIRST = String.raw`(?:\d+\.\d+\.\d|[\^/A-Za-z])`;
const KEY = String.raw`${NO_WORD}[/A-Za-z][\w@/.+~^()#?&%=$*-]*(?::[\w@/.+~^()#?&%=$*-]+)*`;
const QUOTED = String.raw`'([^'\n]*)'`;
const VALUE = String.raw`${NO_WORD}${FIRST}(?:[^: \n]|:(?=[^ \n])| (?=[^ :#\n]))*|true`;
const FLOW_VALUE = String.raw`${NO_WORD}${FIRST}(?:[^,[\]{}: \n]|:(?=[^,[\]{} \n])| (?=[^,[\]{} :#\n]))*`;
const FLOW = String.raw`\{(?:(${KEY}): (?:(${FLOW_VALUE})|${QUOTED}))?(\})`;

/**
 * The lines that nearly all of a lockfile consists of, each with the spaces before the next one:
 * `key: value`, `key: {a: value}`, `key: {}` and `key:`, where no value can be anything but a string or `true`.
 */
export const USUAL_LINE = new RegExp(
  String.raw`(?:(${KEY})|${QUOTED}):(?: (?:(${VALUE})|${QUOTED}|${FLOW}))?\n+( *)(?=[^ \n-])`,
  'y',
);

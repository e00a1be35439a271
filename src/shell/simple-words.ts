/** Characters that mean nothing but themselves to every shell, wherever in a word. `=` assigns in a first word, `+=` in others. */
const SIMPLE = /^[\w@%,./:^=-]+(?: +[\w@%,./:^=-]+)*$/;

/** Words that are no program where they come first. */
const RESERVED: ReadonlySet<string> = new Set(
  'case coproc do done elif else esac fi for function if in namespace select then time until while'.split(
    ' ',
  ),
);

/** The words of a line that is one command and that a shell changes nothing in; `null` = it needs a parser. */
export function simpleWords(line: string): readonly string[] | null {
  if (!SIMPLE.test(line)) return null;
  const words = line.split(/ +/);
  const [first = ''] = words;
  return first.includes('=') || RESERVED.has(first) ? null : words;
}

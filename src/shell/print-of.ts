import { HOLE, type Input } from './scope.js';

type Files = ReadonlyMap<string, string>;
type Printer = (args: readonly string[], input: Input, files: Files) => string;

/** What a program prints where that is plain from its arguments and its input; else a hole. */
export function printOf(words: readonly string[], input: Input, files: Files): string {
  const [program = '', ...args] = words;
  const printer = PRINTERS[program.slice(program.lastIndexOf('/') + 1)];
  return printer === undefined ? HOLE : printer(args, input, files);
}

const PRINTERS: Readonly<Record<string, Printer>> = {
  echo: (args) => {
    const at = args.findIndex((word) => !/^-[neE]+$/.test(word));
    const options = args.slice(0, at < 0 ? args.length : at).join('');
    const text = at < 0 ? '' : args.slice(at).join(' ');
    return `${options.includes('e') ? unescaped(text) : text}${options.includes('n') ? '' : '\n'}`;
  },
  printf: ([format = '', ...args]) => printFormat(format, args),
  cat: (args, input, files) => {
    const names = args.filter((word) => !/^-./.test(word));
    if (names.length === 0 || names.join() === '-') return textOf(input);
    return names.map((name) => files.get(name) ?? HOLE).join('');
  },
  base64: (args, input, files) => {
    const isDecoding = args.some((word) => /^(?:-[a-zA-Z]*[dD]|--decode)$/.test(word));
    const file = args.find((word) => !word.startsWith('-'));
    const text = file === undefined ? textOf(input) : (files.get(file) ?? HOLE);
    return isDecoding && !text.includes(HOLE) ? Buffer.from(text, 'base64').toString('utf8') : HOLE;
  },
  xxd: (args, input) => {
    const text = textOf(input);
    const isPlain = args.join('').includes('r') && args.join('').includes('p') && !text.includes(HOLE);
    return isPlain ? Buffer.from(text.replace(/\s/g, ''), 'hex').toString('utf8') : HOLE;
  },
  rev: (_, input) => {
    const text = textOf(input);
    return text.includes(HOLE)
      ? HOLE
      : text
          .split('\n')
          .map((line) => [...line].reverse().join(''))
          .join('\n');
  },
  which: (args) => args.find((word) => !word.startsWith('-')) ?? HOLE,
  command: (args) => (args[0] === '-v' ? (args[1] ?? HOLE) : HOLE),
  tee: (_, input) => textOf(input),
  true: () => '',
  cd: () => '',
};

export function textOf(input: Input): string {
  return input.kind === 'text' ? input.text : HOLE;
}

/** Only `%s` and the like; a format that does more hides what is printed. */
function printFormat(format: string, args: readonly string[]): string {
  const parts = format.split(/%[sb]/);
  if (parts.some((part) => /%(?!%)/.test(part.replaceAll('%%', '')))) return HOLE;
  const once = parts.length - 1;
  if (once === 0) return unescaped(format.replaceAll('%%', '%'));
  const rounds = Math.max(1, Math.ceil(args.length / once));
  const print = (round: number): string =>
    parts.map((part, index) => `${part}${index < once ? (args[round * once + index] ?? '') : ''}`).join('');
  return unescaped(Array.from({ length: Math.min(rounds, 256) }, (_, round) => print(round)).join(''));
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

function unescaped(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-f]{1,2})|0?([0-7]{1,3})|(.))/gis,
    (all, hex?: string, octal?: string, plain?: string) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      return ESCAPES[plain ?? ''] ?? all;
    },
  );
}

import { LIMITS } from '../target.js';
import { mutateJson } from './mutate-json.js';
import type { Random } from './random.js';

/** What new inputs are made from. */
export type Material = {
  readonly random: Random;
  readonly words: readonly string[];
  /** Inputs that were kept. */
  readonly corpus: readonly Buffer[];
};

/** Longer ones are made by {@link inflate} only: most inputs have to be fast. */
const USUAL_BYTES = 16 * 1024;
const NUMBERS = ['0', '-1', '1', '9007199254740993', '4294967296', '1e999', '0x10', '1.5', 'NaN'];
const BYTES = [0, 9, 10, 13, 32, 34, 39, 44, 47, 58, 64, 91, 92, 93, 96, 123, 125, 127, 128, 192, 239, 255];

type Change = (input: Buffer, material: Material) => Buffer;

/** One to eight changes to one of the corpus. */
export function mutate(material: Material): Buffer {
  const { random, corpus } = material;
  let input = random.pick(corpus) ?? Buffer.alloc(0);
  const count = 1 + random.length(8);
  for (let index = 0; index < count; index++) input = (random.pick(CHANGES) ?? setByte)(input, material);
  return input.subarray(0, USUAL_BYTES);
}

/** A part of an input repeated until it fills up to the limit: what takes the square of its length shows here. */
export function inflate({ random, corpus, words }: Material): Buffer {
  const input = random.pick(corpus) ?? Buffer.alloc(0);
  const [at, end] = rangeIn(input, random);
  const part = random.below(3) === 0 ? Buffer.from(random.pick(words) ?? 'a') : input.subarray(at, end);
  const unit = part.length === 0 ? Buffer.from('[') : part;
  const room = LIMITS.bytes - input.length;
  const repeated = Buffer.alloc(Math.max(0, Math.floor(room / (1 + random.below(4)))), unit);
  return Buffer.concat([input.subarray(0, at), repeated, input.subarray(at)]).subarray(0, LIMITS.bytes);
}

const setByte: Change = (input, { random }) => {
  const copy = Buffer.from(input);
  copy[random.below(copy.length)] = random.below(3) === 0 ? random.below(256) : (random.pick(BYTES) ?? 0);
  return copy;
};

const insertWord: Change = (input, { random, words }) =>
  replaced(input, random.below(input.length + 1), 0, Buffer.from(random.pick(words) ?? ''));

const overwriteWord: Change = (input, { random, words }) => {
  const word = Buffer.from(random.pick(words) ?? '');
  return replaced(input, random.below(input.length + 1), word.length, word);
};

const remove: Change = (input, { random }) => {
  const [at, end] = rangeIn(input, random);
  return replaced(input, at, end - at, Buffer.alloc(0));
};

const double: Change = (input, { random }) => {
  const [at, end] = rangeIn(input, random);
  return replaced(input, random.below(input.length + 1), 0, input.subarray(at, end));
};

const truncate: Change = (input, { random }) => input.subarray(0, random.below(input.length + 1));

const splice: Change = (input, { random, corpus }) => {
  const other = random.pick(corpus) ?? input;
  const [at, end] = rangeIn(other, random);
  return replaced(input, random.below(input.length + 1), random.length(64), other.subarray(at, end));
};

const changeNumber: Change = (input, { random }) => {
  const text = input.toString('latin1');
  const numbers = [...text.matchAll(/\d+(?:\.\d+)*/g)];
  const found = random.pick(numbers);
  if (found === undefined) return input;
  return replaced(input, found.index, found[0].length, Buffer.from(random.pick(NUMBERS) ?? '0'));
};

/** Removes, doubles, indents or moves a line. */
const changeLine: Change = (input, { random }) => {
  const lines = input.toString('latin1').split('\n');
  const at = random.below(lines.length);
  const line = lines[at] ?? '';
  const kind = random.below(4);
  if (kind === 0) lines.splice(at, 1);
  else if (kind === 1) lines.splice(random.below(lines.length), 0, line);
  else if (kind === 2) lines[at] = random.below(2) === 0 ? `  ${line}` : line.slice(1);
  else lines.splice(at, 1 + random.length(8));
  return Buffer.from(lines.join('\n'), 'latin1');
};

const changeJson: Change = (input, { random, words }) => {
  const changed = mutateJson(input.toString('utf8'), words, random);
  return changed === null ? input : Buffer.from(changed);
};

const CHANGES: readonly Change[] = [
  setByte,
  insertWord,
  overwriteWord,
  remove,
  double,
  truncate,
  splice,
  changeNumber,
  changeLine,
  changeJson,
  changeJson,
];

function replaced(input: Buffer, at: number, length: number, by: Buffer): Buffer {
  return Buffer.concat([input.subarray(0, at), by, input.subarray(at + length)]);
}

function rangeIn(input: Buffer, random: Random): readonly [at: number, end: number] {
  const at = random.below(input.length + 1);
  return [at, Math.min(input.length, at + 1 + random.length(Math.max(1, input.length)))];
}

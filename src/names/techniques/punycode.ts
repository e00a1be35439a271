/** Parameters of Punycode (RFC 3492, section 5). */
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const FIRST_BIAS = 72;
const FIRST_CODE = 0x80;
const LAST_CODE = 0x10ffff;

/** Decodes the part of a label behind `xn--`; `null` when it is no Punycode. */
export function decodePunycode(encoded: string): string | null {
  const dash = encoded.lastIndexOf('-');
  const output = dash > 0 ? [...encoded.slice(0, dash)].map((c) => c.charCodeAt(0)) : [];
  let code = FIRST_CODE;
  let bias = FIRST_BIAS;
  let at = dash > 0 ? dash + 1 : 0;
  let first = true;
  for (let index = 0; at < encoded.length; index++) {
    const read = readDelta(encoded, at, bias);
    if (read === null) return null;
    const count = output.length + 1;
    bias = adapt(read.delta, count, first);
    first = false;
    const place = index + read.delta;
    code += Math.floor(place / count);
    index = place % count;
    if (code > LAST_CODE || (code >= 0xd800 && code < 0xe000)) return null;
    output.splice(index, 0, code);
    at = read.next;
  }
  return String.fromCodePoint(...output);
}

function readDelta(
  encoded: string,
  from: number,
  bias: number,
): { readonly delta: number; readonly next: number } | null {
  let delta = 0;
  let weight = 1;
  for (let at = from, k = BASE; at < encoded.length; at++, k += BASE) {
    const digit = digitOf(encoded.charCodeAt(at));
    if (digit === null) return null;
    delta += digit * weight;
    if (delta > LAST_CODE * 256) return null;
    const threshold = k <= bias ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias;
    if (digit < threshold) return { delta, next: at + 1 };
    weight *= BASE - threshold;
  }
  return null;
}

function digitOf(character: number): number | null {
  if (character >= 0x30 && character <= 0x39) return character - 22;
  if (character >= 0x61 && character <= 0x7a) return character - 97;
  return null;
}

function adapt(delta: number, count: number, first: boolean): number {
  let rest = first ? Math.floor(delta / DAMP) : delta >> 1;
  rest += Math.floor(rest / count);
  let k = 0;
  for (; rest > ((BASE - T_MIN) * T_MAX) >> 1; k += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}

import { decodePunycode } from './punycode.js';

/**
 * Letters of other scripts that are drawn like Latin ones in common fonts: the part of Unicode's
 * confusables.txt (UTS #39) that reaches a–z and 0–9 from Cyrillic, Greek, Armenian and the phonetic
 * extensions. Compatibility forms and accents are folded by normalisation.
 */
const CONFUSABLES = Object.entries({
  a: 'аαɑᴀ',
  b: 'ЬьƄ',
  c: 'сϲᴄ',
  d: 'ԁɗ',
  e: 'еєҽ',
  f: 'ƒք',
  g: 'ɡցɢ',
  h: 'һհ',
  i: 'іιıɩӏ',
  j: 'јϳ',
  k: 'кκᴋ',
  l: 'ⅼӏḷ',
  m: 'мᴍ',
  n: 'ոηп',
  o: 'оοօσᴏ',
  p: 'рρ',
  q: 'ԛգ',
  r: 'гᴦⲅ',
  s: 'ѕꜱ',
  t: 'тτᴛ',
  u: 'υսᴜ',
  v: 'νѵᴠ',
  w: 'ԝωᴡ',
  x: 'хχ',
  y: 'уγүỿ',
  z: 'ᴢʐ',
  '-': '‐‑‒–−',
  '/': '⁄∕',
});

/** A character and, at the same place, what it is drawn like. */
const DRAWN = CONFUSABLES.map(([, others]) => others).join('');
const READ = CONFUSABLES.map(([latin, others]) => latin.repeat(others.length)).join('');

/**
 * What `name` looks like in ASCII when it holds other characters or a punycode part; `null` when it is plain
 * ASCII.
 */
export function foldUnicode(name: string): string | null {
  const decoded = name.includes('xn--')
    ? name.replace(/xn--[a-z0-9-]+/g, (part) => decodePunycode(part.slice(4)) ?? part)
    : name;
  if (/^[\x20-\x7e]*$/.test(decoded)) return null;
  const plain = decoded
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u200b-\u200f\u2060\ufeff\u00ad]/g, '');
  const folded = [...plain].map(asRead).join('');
  return /^[\x21-\x7e]+$/.test(folded) ? folded : null;
}

/** Of a character that two letters are drawn like, the later one counts. */
function asRead(character: string): string {
  const at = DRAWN.lastIndexOf(character);
  return at < 0 ? character : READ.charAt(at);
}

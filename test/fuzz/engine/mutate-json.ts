import type { Random } from './random.js';

type Holder = Record<string, unknown>;

const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  '',
  [],
  {},
  [null],
  'x'.repeat(300),
  '__proto__',
];
const KEYS = ['__proto__', 'constructor', '', 'length', 'name', 'version', '\u202e', 'a/b', '..'];

/** A JSON text with one member replaced, removed, renamed, doubled or put elsewhere; `null` for what is no JSON. */
export function mutateJson(text: string, words: readonly string[], random: Random): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const holders = holdersIn(value);
  const holder = random.pick(holders);
  if (holder === undefined) return JSON.stringify(random.pick(VALUES));
  change(holder, random.pick(Object.keys(holder)) ?? '', { holders, words, random });
  return JSON.stringify(value, null, random.below(2) * 2);
}

type Choice = {
  readonly holders: readonly Holder[];
  readonly words: readonly string[];
  readonly random: Random;
};

function change(holder: Holder, key: string, { holders, words, random }: Choice): void {
  const old = holder[key];
  switch (random.below(6)) {
    case 0:
      define(holder, key, random.pick(VALUES));
      return;
    case 1:
      define(holder, key, random.pick(words));
      return;
    case 2:
      delete holder[key];
      return;
    case 3:
      delete holder[key];
      define(holder, random.pick([...KEYS, ...words]) ?? '', old);
      return;
    case 4:
      // A copy, so that nothing becomes a circle.
      define(random.pick(holders) ?? holder, random.pick([key, ...words]) ?? key, structuredClone(old));
      return;
    default:
      define(holder, random.pick([...KEYS, ...words]) ?? '', random.pick(VALUES));
  }
}

/** Also where the key is `__proto__`. */
function define(holder: Holder, key: string, value: unknown): void {
  if (Array.isArray(holder)) holder.push(value);
  else Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function holdersIn(value: unknown): readonly Holder[] {
  const found: Holder[] = [];
  const open = [value];
  while (open.length > 0) {
    const one = open.pop();
    if (typeof one !== 'object' || one === null) continue;
    found.push(one as Holder);
    open.push(...Object.values(one));
  }
  return found;
}

/** Object keys and array indexes from the top of a document. */
export type KeyPath = readonly (string | number)[];

/** `exceptions[0].version`; keys that are no plain words are quoted. */
export function formatKeyPath(path: KeyPath): string {
  const parts = path.map((key) => {
    if (typeof key === 'number') return `[${key}]`;
    return /^\$?[\w-]+$/.test(key) ? `.${key}` : `[${quote(key)}]`;
  });
  return parts.join('').replace(/^\./, '');
}

/** The path with every index as `[]`, relative to the configuration: the name of a kind of value. */
export function patternOf(path: KeyPath): string {
  return path
    .map((key) => (typeof key === 'number' ? '[]' : `.${key}`))
    .join('')
    .replace(/^\./, '');
}

const MAX_QUOTED = 60;

/** A value as JSON, cut to a length that fits into a message. */
export function quote(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length <= MAX_QUOTED ? json : `${json.slice(0, MAX_QUOTED)}…`;
}

import { sanitize } from '../report/sanitize.js';

const NAME = /^[\w@/.+~^:-]{1,214}$/;
const LONGEST = 100;

/** A name, version or path out of somebody else's data, so that it can't be taken for a sentence of ours. */
export function quoteName(text: string): string {
  if (NAME.test(text)) return `\`${text}\``;
  const short = text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
  return `${JSON.stringify(sanitize(short))} (not a plain name)`;
}

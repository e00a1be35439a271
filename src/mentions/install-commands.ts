import { type Excerpt, mentionAt, slice } from './excerpt.js';
import { namedWords } from './manager-words.js';
import type { Mention } from './mention.js';
import { schemeLength } from './registry-name.js';
import { commandsIn, type ShellWord } from './shell-words.js';

/** What may stand before the program of a command. */
const BEFORE =
  /^(?:[$%>❯➜»λ]|PS|-|sudo|doas|env|cross-env|time|exec|command|nohup|corepack|phantom-guard-install|then|do|else|if|!|while|until|\{|[A-Za-z_]\w*=.*|[A-Z]:\\.*>)$/;
const MANAGER = /\b(?:npm|npx|pnpm|pnpx|yarn|bun|bunx|deno)\b/;
/** Commands inside of quotes inside of quotes. */
const MOST_NESTED = 3;

/**
 * The names in the install commands of shell text: those that the shell would take as they stand, in commands that begin with a
 * package manager.
 */
export function installCommandsIn(excerpt: Excerpt, depth = 0): readonly Mention[] {
  if (!MANAGER.test(excerpt.text)) return [];
  return commandsIn(excerpt.text).flatMap((words) => [
    ...mentionsOf(words, excerpt),
    ...(depth < MOST_NESTED ? mentionsInQuotes(words, excerpt, depth) : []),
  ]);
}

function mentionsOf(words: readonly ShellWord[], excerpt: Excerpt): readonly Mention[] {
  let first = 0;
  while (first < words.length && BEFORE.test(words[first]?.text ?? '')) first++;
  const rest = words.slice(first);
  return namedWords(rest.map(({ text }) => text)).flatMap(({ index, spec, kind }) => {
    const word = rest[index];
    if (word === undefined || word.dynamic) return [];
    const written = word.text.replace(/,$/, '');
    const start = word.from + (word.quoted && excerpt.text[word.from] !== written[0] ? 1 : 0);
    const inner = Math.max(0, written.indexOf(spec));
    return [mentionAt(excerpt, kind, spec.replace(/,$/, ''), start + inner + schemeLength(spec))];
  });
}

/** `sh -c "npm i x"`, `concurrently "npx x" …`. */
function mentionsInQuotes(words: readonly ShellWord[], excerpt: Excerpt, depth: number): readonly Mention[] {
  return words
    .filter(({ quoted, text }) => quoted && /\s/.test(text))
    .flatMap(({ from, text }) => {
      // Words that are put together of several quotes, or hold escapes, don't stand there as they are.
      const within = excerpt.text.slice(from, from + text.length + 1).indexOf(text);
      const start = from + within;
      return within < 0
        ? []
        : installCommandsIn(slice(excerpt, { from: start, to: start + text.length }), depth + 1);
    });
}

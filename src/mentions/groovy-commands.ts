import { type Excerpt, slice } from './excerpt.js';
import { installCommandsIn } from './install-commands.js';
import type { Mention } from './mention.js';

const STRINGS = /'''([\s\S]*?)'''|"""([\s\S]*?)"""|'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"/g;

/** The names in the commands of a Jenkinsfile: any of its strings may be one. */
export function groovyCommands(document: Excerpt): readonly Mention[] {
  return [...document.text.matchAll(STRINGS)].flatMap(({ index, 0: literal, 1: long, 2: longDouble }) => {
    const quotes = long === undefined && longDouble === undefined ? 1 : 3;
    return installCommandsIn(slice(document, { from: index + quotes, to: index + literal.length - quotes }));
  });
}

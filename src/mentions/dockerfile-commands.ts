import type { Excerpt } from './excerpt.js';
import { installCommandsIn } from './install-commands.js';
import type { Mention } from './mention.js';

const COMMAND = /^\s*(?:ONBUILD\s+|HEALTHCHECK\s.*?)?(?:RUN|CMD|ENTRYPOINT)\b(?:\s+--[\w-]+(?:=\S+)?)*/i;
const OTHER =
  /^\s*(?:FROM|LABEL|MAINTAINER|EXPOSE|ENV|ADD|COPY|VOLUME|USER|WORKDIR|ARG|STOPSIGNAL|SHELL|HEALTHCHECK)\s/i;

/** The names in the commands of a Dockerfile: RUN, CMD and ENTRYPOINT as shell text, lists of words, and here-documents. */
export function dockerfileCommands({ text, anchors }: Excerpt): readonly Mention[] {
  let continues = false;
  const commands = text.replace(/[^\n]+/g, (line) => {
    const isComment = /^\s*#/.test(line);
    const isCommand = !isComment && (continues || !OTHER.test(line));
    const ends = !/\\\s*$/.test(line);
    const said = isCommand ? withoutInstruction(line, continues) : blank(line);
    continues = isComment ? continues : isCommand && !ends;
    // A comment between continued lines is none of the command.
    return isComment && continues ? `${said.slice(0, -1)}\\` : said;
  });
  return installCommandsIn({ text: commands, anchors });
}

/** In its place spaces, so that every other character stays where it is. */
function withoutInstruction(line: string, continues: boolean): string {
  const head = continues ? '' : (COMMAND.exec(line)?.[0] ?? '');
  const rest = line.slice(head.length);
  const words = /^\s*\[\s*"/.test(rest)
    ? rest.replace(/("(?:[^"\\]|\\.)*")|[[\],]/g, (_, word: string | undefined) => word ?? ' ')
    : rest;
  return blank(head) + words;
}

function blank(text: string): string {
  return ' '.repeat(text.length);
}

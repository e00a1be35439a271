import type { ShellFinding } from './finding.js';
import { readLine } from './read-line.js';
import { walkFunction, walkText, walkUncalled } from './walk.js';

/**
 * What a line of a POSIX shell or bash would install, run from the registry or write into a package.json, and what of that can't
 * be told from the line. Pure; never throws, whatever the text.
 */
export function readShellLine(line: string): readonly ShellFinding[] {
  return readLine(line, { walkText, walkFunction, walkUncalled });
}

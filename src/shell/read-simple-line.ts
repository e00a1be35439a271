import type { ShellFinding } from './finding.js';
import { readLine, type Walker } from './read-line.js';
import { simpleWords } from './simple-words.js';

/** Texts that run texts; deeper is left to the parser. */
const DEEPEST = 8;

/**
 * What `readShellLine` says of a line, for lines that need no parser: most installs are such, and to load it takes longer than
 * to read them. `null` = this one needs it.
 */
export function readSimpleLine(line: string): readonly ShellFinding[] | null {
  if (simpleWords(line) === null) return null;
  let isSimple = true;
  const walker: Walker = {
    walkText: (text, scope, input, reading) => {
      const words = simpleWords(text);
      if (words === null || scope.depth >= DEEPEST) isSimple = false;
      else
        reading.runCall({ words, scope: { ...scope, depth: scope.depth + 1 }, input, assigned: new Map() });
    },
    walkFunction: () => false,
    walkUncalled: () => undefined,
  };
  const findings = readLine(line, walker);
  return isSimple ? findings : null;
}

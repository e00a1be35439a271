import type { Technique } from '../technique.js';
import { splice } from './characters.js';

/** Rows of keys, each one half a key to the right of the one above: QWERTY, QWERTZ and AZERTY. */
const LAYOUTS = [
  ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
  ['1234567890', 'qwertzuiop', 'asdfghjkl', 'yxcvbnm'],
  ['1234567890', 'azertyuiop', 'qsdfghjklm', 'wxcvbn'],
];
/** Pairs of keys that are side by side: `qw wq …`. */
const NEIGHBOURS = [...neighbours()].join(' ');

/** `lodadh` for `lodash`: a key beside the right one was hit. */
export const neighbouringKey: Technique = {
  id: 'neighbouring-key',
  signal: 'TYPOSQUAT',
  find({ name, replacements }, report) {
    for (const { at, meant } of replacements) {
      const typed = name.charAt(at);
      if (!NEIGHBOURS.includes(typed + meant)) continue;
      const evidence = { typed, meant, position: at };
      report.claim({ technique: this, imitated: splice(name, at, 1, meant), likeness: 2.7, evidence });
    }
  },
};

function neighbours(): ReadonlySet<string> {
  const found = new Set<string>();
  const link = (a: string | undefined, b: string | undefined): void => {
    if (a !== undefined && b !== undefined) found.add(a + b).add(b + a);
  };
  for (const layout of LAYOUTS) {
    layout.forEach((row, line) => {
      const below = layout[line + 1] ?? '';
      [...row].forEach((key, i) => {
        link(key, row[i + 1]);
        link(key, below[i]);
        link(key, below[i - 1]);
      });
    });
  }
  return found;
}

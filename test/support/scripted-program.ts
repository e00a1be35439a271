import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A program of the test's own in the place of a package manager. */
export type ScriptedProgram = {
  /** First on a PATH, it is what that name means. */
  readonly folder: string;
  readonly file: string;
  /** `FOLDER: WORDS` of each run so far. */
  readonly runs: () => readonly string[];
};

/**
 * @param script lines of sh, run after the line for `runs` is written; `$*` has the words
 */
export function scriptedProgram(name: string, script: string): ScriptedProgram {
  const folder = mkdtempSync(path.join(tmpdir(), `phantom-guard-scripted-${name}-`));
  const log = path.join(folder, 'runs');
  writeFileSync(log, '');
  const file = path.join(folder, 'bin', name);
  mkdirSync(path.dirname(file));
  writeFileSync(file, `#!/bin/sh\necho "$PWD: $*" >> '${log}'\n${script}\n`);
  chmodSync(file, 0o755);
  return {
    folder: path.dirname(file),
    file,
    runs: () => readFileSync(log, 'utf8').split('\n').filter(Boolean),
  };
}

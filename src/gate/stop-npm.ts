import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { type NpmProcess, startOf } from './npm-process.js';

/**
 * Ends the install behind a script of an optional dependency: npm goes on when such a script fails, and keeps what it
 * said to itself. On SIGTERM npm rolls back.
 */
export function stopNpm(npm: NpmProcess, text: string): void {
  if (npm.started === '-' || startOf(npm.pid) !== npm.started) return;
  tell(npm, text);
  process.kill(npm.pid, 'SIGTERM');
}

/**
 * Where the user reads: npm's own stderr where that is a pipe or a terminal that the system lets us open (a file would
 * be written at two places at once), else the terminal.
 */
function tell({ pid }: NpmProcess, text: string): void {
  for (const path of [`/proc/${pid}/fd/2`, '/dev/tty']) {
    try {
      if (statSync(path).isFile()) continue;
      const file = openSync(path, 'a');
      writeSync(file, text);
      closeSync(file);
      return;
    } catch {
      // The next one.
    }
  }
}

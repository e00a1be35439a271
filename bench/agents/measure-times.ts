import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';

const ROUNDS = 15;
const CLI = 'dist/cli.js';

/** Medians of whole processes, in turn with a bare Node, in milliseconds. */
export function measureTimes(): Readonly<Record<string, number>> {
  const call = (command: string): string =>
    JSON.stringify({
      hook_event_name: 'PreToolUse',
      cwd: tmpdir(),
      tool_name: 'Bash',
      tool_input: { command },
    });
  const programs: Readonly<Record<string, readonly [readonly string[], string]>> = {
    'bare node': [['-e', '0'], ''],
    'git status': [[CLI, 'agent-hook'], call('git status')],
    'ls $HOME/*.ts && npm test': [[CLI, 'agent-hook'], call('ls $HOME/*.ts && npm test')],
    'npm install express': [[CLI, 'agent-hook'], call('npm install express')],
  };
  const times = new Map(Object.keys(programs).map((name) => [name, [] as number[]]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, [args, input]] of Object.entries(programs)) {
      const startMs = performance.now();
      spawnSync(process.execPath, args, { input });
      times.get(name)?.push(performance.now() - startMs);
    }
  }
  return Object.fromEntries([...times].map(([name, all]) => [name, median(all)]));
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

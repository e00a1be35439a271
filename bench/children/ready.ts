// A process that could judge the next package at once: configuration, policy, adapters and both files of names are there.
import { homedir } from 'node:os';
import { openJudge } from '../../src/cli/open-judge.js';
import { parseCommandLine } from '../../src/cli/parse-command-line.js';
import { loadNameData } from '../../src/names/load-name-data.js';
import { collectAndMeasure } from '../perf/heap.js';

const { options } = parseCommandLine(['check', '--downloads-url', 'none']);
const judge = await openJudge(
  options,
  {
    cwd: process.cwd(),
    cacheSecret: null,
    env: process.env,
    home: homedir(),
    platform: process.platform,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    nowMs: Date.now,
    elapsedMs: () => performance.now(),
    signal: new AbortController().signal,
  },
  { projectDir: process.cwd() },
);
const names = loadNameData();
names.existedAtSnapshot('no-name-of-any-package');
console.log(JSON.stringify(collectAndMeasure()));
await judge.close();
// Nothing of it may be collected before it is measured.
if (names.counts.establishedNames === 0) process.exitCode = 1;

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { withoutCommands } from './runner.mjs';

const STATUS_OF = ['allowed', 'blocked', 'undecided'];

/**
 * Runs the guard once for each form of the result. The first run leaves the facts in the cache for the others; should they
 * differ all the same, the worst of them counts.
 */
export function judge(program, inputs, reportFile) {
  const check = checkWith(program, inputs);
  const statuses = [withoutCommands(() => check('json', reportFile))];
  const report = readReport(reportFile);
  // A run that judged nothing, as with --help among the words of `args`, leaves no report that says so.
  if (report?.status !== STATUS_OF[statuses[0]]) statuses.push(2);
  if (inputs.sarifFile !== null) statuses.push(withoutCommands(() => check('sarif', inputs.sarifFile)));
  if (inputs.comment !== null) statuses.push(withoutCommands(() => check('markdown', inputs.comment)));
  // Only this format is made for a log that GitHub reads commands from.
  const print = () => check(inputs.format, null);
  statuses.push(inputs.format === 'github' ? print() : withoutCommands(print));
  const exitStatus = worstOf(statuses);
  return {
    status: STATUS_OF[exitStatus],
    exitStatus,
    blocked: report?.summary?.blocked ?? 0,
    report: report === null ? '' : reportFile,
  };
}

function worstOf(statuses) {
  if (statuses.includes(1)) return 1;
  return statuses.every((status) => status === 0) ? 0 : 2;
}

function checkWith(program, inputs) {
  const options = [
    ['since', inputs.since],
    ['fail-on', inputs.failOn],
    ['registry', inputs.registry],
    ['downloads-url', inputs.downloadsUrl],
  ].flatMap(([name, value]) => (value === null ? [] : [`--${name}=${value}`]));
  return (format, output) => {
    const words = [
      'check',
      ...inputs.args,
      ...options,
      ...(inputs.offline ? ['--offline'] : []),
      `--format=${format}`,
      ...(output === null ? [] : [`--output=${output}`]),
      '--',
      inputs.path,
    ];
    return spawnSync(process.execPath, [program, ...words], { stdio: ['ignore', 'inherit', 'inherit'] })
      .status;
  };
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

// What the step of action.yml runs, on the Node of the runner and from the action's own checkout: no build, no dependencies.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ActionError } from './action-error.mjs';
import { chooseSince } from './choose-since.mjs';
import { readInputs } from './inputs.mjs';
import { installProgram } from './install-program.mjs';
import { judge } from './judge.mjs';
import { setOutputs, tellError } from './runner.mjs';

const UNDECIDED = { status: 'undecided', exitStatus: 2, blocked: 0, report: '' };

function run() {
  try {
    const inputs = readInputs(process.env);
    const folder = mkdtempSync(path.join(process.env.RUNNER_TEMP || tmpdir(), 'phantom-guard-'));
    const program = installProgram(inputs.version, folder);
    return judge(program, { ...inputs, since: chooseSince(inputs) }, path.join(folder, 'report.json'));
  } catch (thrown) {
    if (!(thrown instanceof ActionError)) throw thrown;
    tellError(thrown.message);
    return UNDECIDED;
  }
}

const result = run();
setOutputs(result);
process.exitCode = result.exitStatus;

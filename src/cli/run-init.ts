import { findOnPath } from '../doctor/find-on-path.js';
import { pnpmVersion } from '../doctor/pnpm-version.js';
import { GuardError } from '../errors.js';
import type { Plan } from '../wiring/change.js';
import { runningPackage } from '../wiring/package-root.js';
import { planGlobal, unplanGlobal } from '../wiring/plan-global.js';
import { planPlugin, planProject, unplanPlugin, unplanProject } from '../wiring/plan-project.js';
import { PLUGIN_NAME } from '../wiring/plugin-pin.js';
import { pnpmWorkspaceRoot } from '../wiring/pnpm-root.js';
import { kindOfChange, renderChange } from '../wiring/render-change.js';
import { carryOut, harmless } from './carry-out-plan.js';
import type { Io } from './io.js';
import type { CommandResult } from './main.js';
import type { CheckOptions } from './options.js';
import { publishedGuard } from './published-guard.js';
import { TOOL } from './tool.js';

/** What `init` ends with; `declined` = somebody was asked and said no. */
type InitStatus = 'wired' | 'already-wired' | 'removed' | 'nothing-to-remove' | 'declined';

/**
 * `init`: wires the guard into the project in this directory, or with `--global` into the user's machine; `--undo` takes
 * it out. The change is shown first, and written when somebody agrees or `--yes` was given.
 */
export async function runInit(
  operands: readonly string[],
  options: CheckOptions,
  io: Io,
): Promise<CommandResult> {
  if (operands.length > 0) {
    throw new GuardError('USAGE', 'init takes no operand', 'It wires the project in this directory.');
  }
  const plan = await makePlan(options, io);
  if (plan.changes.length === 0)
    return result(plan, options.undo ? 'nothing-to-remove' : 'already-wired', options, io);
  const words = ['init', ...(options.global ? ['--global'] : []), ...(options.undo ? ['--undo'] : [])];
  if (!(await carryOut(plan, words.join(' '), options, io))) return result(plan, 'declined', options, io);
  return result(plan, options.undo ? 'removed' : 'wired', options, io);
}

async function makePlan(options: CheckOptions, io: Io): Promise<Plan> {
  if (options.global && options.configDependency) throw notOfMachine();
  if (options.global) {
    if (io.platform === 'win32') throw inertOnWindows();
    return options.undo ? await unplanGlobal(io.env) : await planGlobal(io.env, runningPackage());
  }
  const running = runningPackage();
  const project = {
    dir: io.cwd,
    env: io.env,
    running,
    publishedIntegrity: () => publishedGuard(running.version, options, io),
  };
  if (!options.configDependency)
    return options.undo ? await unplanProject(project) : await planProject(project);
  return options.undo
    ? await unplanPlugin(project)
    : await planPlugin(project, {
        pnpmVersion: await pnpmVersionHere(io),
        integrity: () => publishedGuard(running.version, options, io, PLUGIN_NAME),
      });
}

async function pnpmVersionHere({ cwd, env }: Io): Promise<string | null> {
  const [first] = await findOnPath('pnpm', env);
  return await pnpmVersion(pnpmWorkspaceRoot(cwd) ?? cwd, first?.file ?? null, env);
}

function result(plan: Plan, status: InitStatus, options: CheckOptions, io: Io): CommandResult {
  const exit = status === 'declined' ? 2 : 0;
  if (options.format !== 'json') return { text: render(plan, status, options), status: exit };
  const init = {
    status,
    scope: options.global ? 'user' : 'project',
    changes: plan.changes.map((change) => ({
      path: change.path,
      change: kindOfChange(change),
      diff: renderChange(change, options.global ? null : io.cwd),
    })),
    notes: plan.notes,
  };
  return { text: `${JSON.stringify({ schemaVersion: 1, tool: TOOL, init }, null, 2)}\n`, status: exit };
}

const SENTENCES: Readonly<Record<InitStatus, string>> = {
  wired: 'Wired.',
  'already-wired': 'Already wired: there is nothing to change.',
  removed: 'Taken out.',
  'nothing-to-remove': 'Not wired: there is nothing to take out.',
  declined: 'Nothing was written.',
};

function render({ notes }: Plan, status: InitStatus, { quiet }: CheckOptions): string {
  const isTold = status === 'wired' || status === 'already-wired' || status === 'removed';
  const lines = [SENTENCES[status], ...(isTold && !quiet ? notes.map((note) => `- ${harmless(note)}`) : [])];
  return `${lines.join('\n')}\n`;
}

function notOfMachine(): GuardError {
  return new GuardError(
    'USAGE',
    'a config dependency is a thing of a project, and --global is about this machine',
    'Take one of the two options.',
  );
}

function inertOnWindows(): GuardError {
  return new GuardError(
    'NOT_YET',
    'shims and script gate are inert on Windows, and this version wires nothing there',
    'Wire each project instead: phantom-guard-install init',
  );
}

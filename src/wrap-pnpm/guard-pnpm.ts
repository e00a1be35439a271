import path from 'node:path';
import type { Outcome } from '../wrap/outcome.js';
import { readIfThere } from '../wrap/project-files.js';
import { lockProject } from '../wrap/project-lock.js';
import { becomeNpm, becomeProgram, type Ending, type NpmRun } from '../wrap/spawn-npm.js';
import { dlxSpecs, guardDlx } from './guard-dlx.js';
import { guardPnpmGlobal } from './guard-pnpm-global.js';
import { guardPnpmProject } from './guard-pnpm-project.js';
import { guardInstallTest, guardPrepared } from './guard-prepared.js';
import type { PnpmRequest } from './pnpm-request.js';

/** Runs a command line of pnpm: as it is where it installs nothing, guarded where it does. */
export async function guardPnpm(request: PnpmRequest): Promise<Outcome> {
  const { line, run, argv, userDir } = request;
  if (line.effect === 'none')
    return { kind: 'ended', ending: await becomeNpm({ ...run, cwd: userDir, args: argv }) };
  if (await hasConfigDependencies(request.root)) {
    const { status } = await request.judge(request.root);
    if (status !== 0) return { kind: 'refused', status };
  }
  if (line.effect === 'script') {
    // A script must not begin with an install that nobody has judged.
    return { kind: 'ended', ending: await runScript({ ...run, cwd: userDir, args: argv }) };
  }
  if (line.effect === 'dlx' || line.effect === 'create') return await guardDlx(request);
  if (request.isGlobal) return await guardPnpmGlobal(request);
  const lock = await lockProject(request.cacheDir, request.root, run.env);
  try {
    const locked = { ...request, run: { ...run, env: { ...run.env, ...lock.env } } };
    if (line.effect === 'prepared') return await guardPrepared(locked);
    if (line.effect === 'install-test') return await guardInstallTest(locked);
    return await guardPnpmProject(locked);
  } finally {
    await lock.release();
  }
}

/** The command line that was started last for a script. */
const LED = 'PHANTOM_GUARD_SCRIPT';

/**
 * What a program installs that `pnpm exec` starts is guarded anew, so that it must not find the mark of what we start
 * ourselves; pnpm gets it only where another tool's shim has led the same command line back to us.
 */
async function runScript(run: NpmRun): Promise<Ending> {
  const args = ['--config.verify-deps-before-run=false', ...run.args];
  const key = JSON.stringify([run.cwd, ...run.args]);
  const again = { ...run, args, env: { ...run.env, [LED]: key } };
  return run.env[LED] === key ? await becomeNpm(again) : await becomeProgram(again);
}

/** The specs of a command line that a registry will be asked about, to be judged before pnpm asks. */
export function requestedPnpmSpecs({ line }: Pick<PnpmRequest, 'line'>): readonly string[] {
  const isRunOnce = line.effect === 'dlx' || line.effect === 'create';
  const isAdded = line.effect === 'add' || line.effect === 'install';
  const specs = isRunOnce ? dlxSpecs({ line }) : isAdded ? line.operands : [];
  return specs.filter((spec) => !/^(?:[./~]|[a-z+]+:\/\/|file:|link:|workspace:|github:)/i.test(spec));
}

/** pnpm loads code of them whatever it resolves. */
async function hasConfigDependencies(root: string): Promise<boolean> {
  const settings = await readIfThere(path.join(root, 'pnpm-workspace.yaml'));
  return settings !== null && String(settings).includes('configDependencies');
}

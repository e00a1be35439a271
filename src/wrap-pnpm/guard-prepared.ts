import type { Outcome } from '../wrap/outcome.js';
import { askNpm, becomeNpm, type Ending, type NpmRun } from '../wrap/spawn-npm.js';
import { guardPnpmProject } from './guard-pnpm-project.js';
import { readPnpmLine } from './pnpm-line.js';
import type { PnpmRequest } from './pnpm-request.js';

/** pnpm 12.0 obeys the environment only, the others the option; up to 10 the variable has npm's prefix. */
const OFFLINE = { npm_config_offline: 'true', pnpm_config_offline: 'true' };

/**
 * Commands that have no form that only resolves (`link`, `patch-commit`, `prune` …): the project is installed first, guarded
 * and in silence, and the command then runs with no network.
 */
export async function guardPrepared(request: PnpmRequest): Promise<Outcome> {
  const { run, argv, userDir } = request;
  const failed = await installQuietly(request);
  if (failed !== null) return failed;
  const args = [...argv, '--config.offline=true'];
  const ending = await becomeNpm({ ...run, cwd: userDir, env: { ...run.env, ...OFFLINE }, args });
  return { kind: 'ended', ending };
}

/** `null` = everything is installed. */
async function installQuietly(request: PnpmRequest): Promise<Outcome | null> {
  const said = { text: '' };
  const quietly = async (run: NpmRun): Promise<Ending> => {
    const { stdout, stderr, ...ending } = await askNpm(run);
    said.text = `${stdout}${stderr}`;
    return ending;
  };
  const outcome = await guardPnpmProject({ ...request, line: readPnpmLine(['install']) }, quietly);
  if (outcome.kind !== 'ended') return outcome;
  const { ending } = outcome;
  return ending.status === 0 && ending.signal === null
    ? null
    : { kind: 'unresolved', said: { ...ending, stdout: '', stderr: said.text } };
}

/** `install-test`: a guarded install, then the tests; they can't install anew. */
export async function guardInstallTest(request: PnpmRequest): Promise<Outcome> {
  const { line, run } = request;
  const at = line.words.findIndex(({ kind }) => kind === 'word');
  const words = line.words.flatMap(({ given }, index) => (index === at ? ['install'] : given));
  const installed = await guardPnpmProject({ ...request, line: readPnpmLine(words) });
  if (installed.kind !== 'ended' || installed.ending.status !== 0 || installed.ending.signal !== null)
    return installed;
  const chosen = line.words
    .filter(({ kind, name }) => kind === 'option' && /^(?:recursive|filter|filter-prod)$/.test(name))
    .flatMap(({ given }) => given);
  const args = ['--config.verify-deps-before-run=false', ...chosen, 'test'];
  return { kind: 'ended', ending: await becomeNpm({ ...run, args }) };
}

import { isExotic } from './exotic-spec.js';
import { lockedVersions, registryOptions, serveJudged } from './judged-registry.js';
import type { GuardRequest, Outcome } from './outcome.js';
import { resolveSpecs } from './resolve-specs.js';
import { askNpm, becomeNpm, type Said } from './spawn-npm.js';
import { handOverArguments } from './staged-arguments.js';

/**
 * `npm install -g`, `npm update -g`: the packages are resolved in an empty project of ours and judged. npm keeps no lockfile
 * for global packages and resolves again, so it is given a registry that knows the judged versions and no other.
 */
export async function guardGlobal(request: GuardRequest): Promise<Outcome> {
  const { operands } = request.line;
  const specs = operands.length > 0 ? operands : await installedGlobally(request);
  if ('stderr' in specs) return { kind: 'unresolved', said: specs };
  if (specs.length === 0) {
    request.ready.dismiss();
    return { kind: 'ended', ending: await becomeNpm({ ...request.run, args: request.argv }) };
  }
  const resolved = await resolveSpecs(specs, null, request);
  if (resolved.kind === 'failed') return resolved.outcome;
  await resolved.remove();
  return await installJudged([resolved.lockfile], request);
}

/** The user's command line, with a registry that knows only what is in these lockfiles. */
export async function installJudged(lockfiles: readonly Buffer[], request: GuardRequest): Promise<Outcome> {
  const registry = await serveJudged(lockedVersions(lockfiles), request.documents);
  try {
    // npm 12 takes tarballs of another host than the registry's for remote packages.
    const isFromRegistry = !request.line.operands.some((spec) => isExotic(null, spec));
    const options = await registryOptions(registry, request.documents);
    const args = handOverArguments(
      request.argv,
      isFromRegistry ? [...options, '--allow-remote=all'] : options,
    );
    const ending = await becomeNpm({ ...request.run, args }, request.ready.installing);
    return { kind: 'ended', ending };
  } finally {
    await registry.close();
  }
}

/** `npm update -g` without names means all that are there; what npm said where it can't tell, and nothing is updated. */
async function installedGlobally({ run }: GuardRequest): Promise<readonly string[] | Said> {
  const said = await askNpm({ ...run, args: ['ls', '--global', '--json', '--depth=0'] });
  try {
    const { dependencies } = JSON.parse(said.stdout) as { dependencies?: Record<string, unknown> };
    // It ends with 1 over packages that miss a peer, and lists them all the same.
    if (dependencies === undefined && said.status !== 0) return said;
    if (dependencies === undefined) return [];
    return Object.keys(dependencies).map((name) => `${name}@latest`);
  } catch {
    return { ...said, status: said.status === 0 ? 1 : said.status };
  }
}

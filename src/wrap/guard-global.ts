import { rm } from 'node:fs/promises';
import type { GuardRequest, Outcome } from './outcome.js';
import { resolveSpecs } from './resolve-specs.js';
import { askNpm, becomeNpm, type Said } from './spawn-npm.js';
import { handOverArguments } from './staged-arguments.js';

/**
 * `npm install -g`, `npm update -g`, `npm link NAME`: the packages are resolved in an empty project of ours and judged; then
 * npm installs them, from its cache as far as it can. npm keeps no lockfile for global packages, so what it installs is
 * what it resolves a second time.
 */
export async function guardGlobal(request: GuardRequest): Promise<Outcome> {
  const { operands } = request.line;
  const specs = operands.length > 0 ? operands : await installedGlobally(request);
  if ('stderr' in specs) return { kind: 'unresolved', said: specs };
  if (specs.length > 0) {
    const resolved = await resolveSpecs(specs, request);
    if (resolved.kind !== 'resolved') return resolved.outcome;
    await rm(resolved.folder, { recursive: true, force: true });
  }
  const args = handOverArguments(request.argv);
  return { kind: 'ended', ending: await becomeNpm({ ...request.run, args }) };
}

/** `npm update -g` without names means all that are there; what npm said where it can't tell, and nothing is updated. */
async function installedGlobally({ run }: GuardRequest): Promise<readonly string[] | Said> {
  const said = await askNpm({ ...run, args: ['ls', '--global', '--json', '--depth=0'] });
  try {
    const { dependencies = {} } = JSON.parse(said.stdout) as { dependencies?: Record<string, unknown> };
    return Object.keys(dependencies).map((name) => `${name}@latest`);
  } catch {
    return { ...said, status: said.status === 0 ? 1 : said.status };
  }
}

import path from 'node:path';
import { lockedVersions, registryOptions, serveJudged } from './judged-registry.js';
import type { GuardRequest } from './outcome.js';
import { readIfThere } from './project-files.js';
import { becomeNpm, type Ending } from './spawn-npm.js';
import { handOverArguments } from './staged-arguments.js';

/**
 * npm on the project. An extension (`.npm-extension.mjs` of npm 12) does not run where npm only resolves, and may ask for
 * other packages now: where there is one, npm gets a registry that knows nothing but what was judged.
 */
export async function letLoose(request: GuardRequest, judged: Buffer): Promise<Ending> {
  const { run, argv, documents, line, ready } = request;
  if (!(await hasExtension(line.localPrefix, argv)))
    return await becomeNpm({ ...run, args: handOverArguments(argv) }, ready.installing);
  const registry = await serveJudged(lockedVersions([judged]), documents);
  try {
    const options = await registryOptions(registry, documents);
    const args = handOverArguments(argv, [...options, '--allow-remote=all']);
    return await becomeNpm({ ...run, args }, ready.installing);
  } finally {
    await registry.close();
  }
}

async function hasExtension(root: string, argv: readonly string[]): Promise<boolean> {
  if (argv.some((word) => /^-+extension-f/.test(word))) return true;
  const npmrc = await readIfThere(path.join(root, '.npmrc'));
  if (npmrc?.toString('latin1').includes('extension') === true) return true;
  const found = await Promise.all(EXTENSIONS.map((name) => readIfThere(path.join(root, name))));
  return found.some((bytes) => bytes !== null);
}

const EXTENSIONS = ['.npm-extension.mjs', '.npm-extension.cjs'];

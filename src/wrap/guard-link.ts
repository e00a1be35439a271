import { access } from 'node:fs/promises';
import path from 'node:path';
import { installJudged } from './guard-global.js';
import type { GuardRequest, Outcome } from './outcome.js';
import { LOCKFILES, readIfThere } from './project-files.js';
import { resolveSpecs } from './resolve-specs.js';
import { resolveStaged } from './resolve-staged.js';
import { stageRequest } from './staged.js';

/**
 * `npm link`, `npm link NAME`: npm installs NAME globally where it is not, and brings node_modules of the project up to its
 * package.json; `npm version -w`, `npm init -w` and `npm patch` do the latter. Both trees are judged, and npm gets a registry that knows nothing else.
 */
export async function guardLink(request: GuardRequest): Promise<Outcome> {
  const lockfiles: Buffer[] = [];
  const operands = request.line.effect === 'link' ? request.line.operands : [];
  const names = operands.filter((operand) => !/^(?:[./~]|file:|link:)/.test(operand));
  if (names.length > 0) {
    const resolved = await resolveSpecs(names, null, request);
    if (resolved.kind === 'failed') return resolved.outcome;
    lockfiles.push(resolved.lockfile);
    await resolved.remove();
  }
  const manifest = path.join(request.line.localPrefix, 'package.json');
  const hasProject = await access(manifest).then(
    () => true,
    () => false,
  );
  const project = hasProject ? await judgeProject(request) : null;
  if (project?.kind === 'failed') return project.outcome;
  return await installJudged([...lockfiles, ...(project?.lockfiles ?? [])], request);
}

type JudgedProject =
  | { readonly kind: 'judged'; readonly lockfiles: readonly Buffer[] }
  | { readonly kind: 'failed'; readonly outcome: Outcome };

/** What `npm install` would make of the project. */
async function judgeProject(request: GuardRequest): Promise<JudgedProject> {
  const line = { ...request.line, effect: 'install', operands: [] } as const;
  const install = { ...request, argv: ['install'], line };
  const resolved = await resolveStaged(() => stageRequest(install), install);
  if (resolved.kind === 'failed') return resolved;
  const { root, remove } = resolved.staged;
  try {
    const { status } = await request.judge(root);
    if (status !== 0) return { kind: 'failed', outcome: { kind: 'refused', status } };
    const found = await Promise.all(LOCKFILES.map((name) => readIfThere(path.join(root, name))));
    return { kind: 'judged', lockfiles: found.filter((lockfile) => lockfile !== null) };
  } finally {
    await remove();
  }
}

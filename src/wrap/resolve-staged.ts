import { openDownloadDesk } from './download-desk.js';
import type { GuardRequest, Outcome } from './outcome.js';
import { judgePreview } from './preview.js';
import { askNpm } from './spawn-npm.js';
import type { Staged } from './staged.js';
import { stagedArguments } from './staged-arguments.js';

export type Resolved =
  /** npm has written the lockfile of the copy; nobody has judged it yet. Whoever gets the copy removes it. */
  | { readonly kind: 'resolved'; readonly staged: Staged }
  | { readonly kind: 'failed'; readonly outcome: Outcome };

/**
 * Has npm resolve in a copy. Where npm would have to download code for that (git repositories, URLs, packages that bundle
 * others), what can be known without is judged before. `stage` makes a fresh copy at each call.
 */
export async function resolveStaged(stage: () => Promise<Staged>, request: GuardRequest): Promise<Resolved> {
  const desk = await openDownloadDesk(request.mayDownload);
  try {
    const first = await resolveIn(await stage(), request, desk.env(request.run.env));
    if (desk.refused().length === 0) return first;
    if (first.kind === 'resolved') await first.staged.remove();
  } finally {
    await desk.close();
  }
  const preview = await stage();
  const refusal = await judgePreview(preview, request).finally(preview.remove);
  if (refusal !== null) return { kind: 'failed', outcome: refusal };
  return await resolveIn(await stage(), request, request.run.env);
}

async function resolveIn(
  staged: Staged,
  { run, line, ready }: GuardRequest,
  env: GuardRequest['run']['env'],
): Promise<Resolved> {
  const { argv, prefix, cwd } = staged;
  const args = stagedArguments(argv, prefix, line.savesLockfile);
  const said = await askNpm({ ...run, cwd, env, args }, ready.resolving);
  // `npm audit fix` ends with 1 where something is left that it can't fix.
  const isLeft = line.effect === 'audit' && said.status === 1 && !/npm (?:error|ERR!)/.test(said.stderr);
  if ((said.status === 0 || isLeft) && said.signal === null) return { kind: 'resolved', staged };
  await staged.remove();
  return { kind: 'failed', outcome: { kind: 'unresolved', said } };
}

import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openDownloadDesk } from './download-desk.js';
import { registryOptions } from './judged-registry.js';
import { type Served, serveLoopback } from './loopback.js';
import type { GuardRequest, Outcome } from './outcome.js';
import { previewDocument } from './preview-document.js';
import { LOCKFILES, readIfThere } from './project-files.js';
import { askNpm, type Said } from './spawn-npm.js';
import type { Staged } from './staged.js';
import { stagedArguments } from './staged-arguments.js';
import { createStandIns, type StandIns } from './stand-ins.js';

/**
 * Judges a tree that npm can't resolve without downloading code: npm resolves it from documents in which empty packages
 * stand for git repositories and URLs, and nothing is bundled. `null` = nothing speaks against resolving it for good.
 * What lies behind a repository or URL, or in a bundle, is judged after that.
 */
export async function judgePreview(staged: Staged, request: GuardRequest): Promise<Outcome | null> {
  const open: { standIns: StandIns | null } = { standIns: null };
  const loopback = await serveLoopback(async (asked) => await answer(asked, open.standIns, request));
  const standIns = createStandIns(loopback.url);
  open.standIns = standIns;
  const desk = await openDownloadDesk((what) => Promise.resolve(what.startsWith(loopback.url)));
  try {
    for (const manifest of staged.manifests) await rewrite(manifest, standIns.replace);
    const argv = staged.argv.map((word) =>
      staged.specs.includes(word) ? standIns.specFor(null, word) : word,
    );
    const args = [
      ...stagedArguments(argv, staged.prefix, request.line.savesLockfile),
      ...(await registryOptions(loopback, request.documents)),
      `--cache=${path.join(staged.base, 'npm-cache')}`,
      // A stand-in has no version that a peer could fit.
      '--force',
    ];
    const { run } = request;
    const said = await askNpm({ ...run, cwd: staged.cwd, env: desk.env(run.env), args });
    if (said.status !== 0 || said.signal !== null)
      return { kind: 'unresolved', said: inTheirWords(said, standIns) };
    for (const file of [...staged.manifests, ...LOCKFILES.map((name) => path.join(staged.root, name))])
      await rewrite(file, standIns.restore);
    const { status } = await request.judge(staged.root, { isPreview: true });
    return status === 0 ? null : { kind: 'refused', status };
  } finally {
    await Promise.all([loopback.close(), desk.close()]);
  }
}

async function answer(
  asked: string,
  standIns: StandIns | null,
  { documents }: GuardRequest,
): Promise<Served> {
  const tarball = standIns?.tarballAt(asked) ?? null;
  if (tarball !== null) return { status: 200, type: 'application/octet-stream', body: tarball };
  const document = await documents.fetch(asked);
  if (document === 'missing') return { status: 404, body: '{}' };
  if (document === null || standIns === null) return { status: 503, body: '{}' };
  return { status: 200, body: JSON.stringify(previewDocument(document, standIns)) };
}

/** A new file: the copy may be as read-only as the original. */
async function rewrite(file: string, change: (text: string) => string): Promise<void> {
  const before = await readIfThere(file);
  if (before === null) return;
  await rm(file);
  await writeFile(file, change(before.toString('utf8').replace(/^\uFEFF/, '')));
}

function inTheirWords(said: Said, standIns: StandIns): Said {
  return { ...said, stderr: standIns.inTheirWords(said.stderr) };
}

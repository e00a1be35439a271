import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readPnpmLine } from '../../../src/wrap-pnpm/pnpm-line.js';
import type { PnpmJudged, PnpmRequest } from '../../../src/wrap-pnpm/pnpm-request.js';
import { type ScriptedProgram, scriptedProgram } from '../../support/scripted-program.js';

export const LOCKFILE = "lockfileVersion: '9.0'\n";
const ALLOWED: PnpmJudged = { status: 0, versions: new Map() };

/** Resolves by writing that lockfile, and installs nothing. */
export function resolvingPnpm(more = ''): ScriptedProgram {
  return scriptedProgram(
    'pnpm',
    `${more}\ncase "$*" in *--lockfile-only*) printf '%s' "${LOCKFILE}" > pnpm-lock.yaml;; esac`,
  );
}

type Parts = {
  readonly root: string;
  readonly pnpm: ScriptedProgram;
  readonly env?: Readonly<Record<string, string>>;
  readonly judge?: (target: string) => PnpmJudged['status'];
  readonly cacheDir?: string;
  readonly isGlobal?: boolean;
};

/** A command line that the scripted pnpm serves; `judged` has the folders that were judged. */
export function pnpmRequest(argv: readonly string[], parts: Parts) {
  const { root, pnpm, env = {}, judge = () => 0, cacheDir, isGlobal = false } = parts;
  const judged: string[] = [];
  const request: PnpmRequest = {
    line: readPnpmLine(argv),
    argv,
    run: { program: pnpm.file, cwd: root, env: { PATH: process.env['PATH'], ...env } },
    userDir: root,
    root,
    cacheDir: cacheDir ?? mkdtempSync(path.join(tmpdir(), 'phantom-guard-cache-')),
    judge: (target) => {
      judged.push(target);
      return Promise.resolve({ ...ALLOWED, status: judge(target) });
    },
    documents: { fetch: () => Promise.resolve('missing'), scopes: () => Promise.resolve([]) },
    isGlobal,
    registryWords: [],
  };
  return { request, judged };
}

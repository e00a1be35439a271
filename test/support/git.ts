import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeProject } from './projects.js';

const IDENTITY = [
  '-c',
  'user.name=Tester',
  '-c',
  'user.email=tester@example.test',
  '-c',
  'commit.gpgsign=false',
];

export type Files = Readonly<Record<string, string | object | null>>;

export type Repository = {
  readonly dir: string;
  readonly git: (...args: readonly string[]) => string;
  /** Writes files, removes those that are `null`, and commits all; the id of the commit. */
  readonly commit: (files: Files) => string;
  /** The same without a commit. */
  readonly write: (files: Files) => void;
};

/** A real git repository in a temporary folder, with one commit of `files` on branch `main`. */
export function createRepository(files: Readonly<Record<string, string | object>>): Repository {
  const dir = writeProject(files);
  const env = { PATH: process.env['PATH'] ?? '', HOME: dir, GIT_CONFIG_NOSYSTEM: '1' };
  const git = (...args: readonly string[]): string =>
    execFileSync('git', [...IDENTITY, ...args], { cwd: dir, env, encoding: 'utf8', stdio: 'pipe' }).trim();
  const write = (changed: Files): void => {
    for (const [name, content] of Object.entries(changed)) {
      const place = path.join(dir, name);
      if (content === null) rmSync(place);
      else {
        mkdirSync(path.dirname(place), { recursive: true });
        writeFileSync(place, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
      }
    }
  };
  const commit = (changed: Files): string => {
    write(changed);
    git('add', '--all', '--force');
    git('commit', '--quiet', '--allow-empty', '-m', 'a change');
    return git('rev-parse', 'HEAD');
  };
  git('init', '--quiet', '--initial-branch', 'main');
  commit({});
  return { dir, git, commit, write };
}

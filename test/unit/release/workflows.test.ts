import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';

const FOLDER = path.resolve(import.meta.dirname, '../../../.github/workflows');
const PINNED = /^[\w./-]+@[0-9a-f]{40}$/;

type Step = { readonly uses?: string; readonly run?: string };
type Job = {
  readonly steps: readonly Step[];
  readonly permissions?: object;
  readonly 'timeout-minutes'?: number;
};
type Workflow = { readonly permissions?: object; readonly jobs: Readonly<Record<string, Job>> };

const texts = readdirSync(FOLDER).map(
  (file) => [file, readFileSync(path.join(FOLDER, file), 'utf8')] as const,
);

describe.each(texts)('the workflow %s', (_, text) => {
  const workflow = load(text) as Workflow;
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  it('pins every action to a commit, and says which version that is', () => {
    const used = steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
    expect(used.filter((action) => !PINNED.test(action))).toEqual([]);
    const lines = text.split('\n').filter((line) => /^\s*-?\s*uses:/.test(line));
    expect(lines.filter((line) => !/# v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
    expect(lines).toHaveLength(used.length);
  });

  it('puts no expression into a script, where its value would be run', () => {
    expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([]);
  });

  it('names its permissions, and ends by itself', () => {
    expect(workflow.permissions).toBeDefined();
    expect(jobs.filter((job) => job['timeout-minutes'] === undefined)).toEqual([]);
  });
});

it('only the job that publishes may sign for the repository, and it runs nothing of it', () => {
  const { jobs } = load(readFileSync(path.join(FOLDER, 'release.yml'), 'utf8')) as Workflow;
  const signing = Object.entries(jobs).filter(
    ([, { permissions }]) => permissions && 'id-token' in permissions,
  );
  expect(signing.map(([name]) => name)).toEqual(['publish']);
  expect(jobs['publish']?.steps.filter(({ uses }) => uses?.startsWith('actions/checkout'))).toEqual([]);
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { readAction } from '../../support/action-runner.js';
import { actionFaults, workflowFaults } from '../../support/github-schemas.js';

const action = readAction();
const WORKFLOWS = readdirSync('.github/workflows').map((name) => `.github/workflows/${name}`);

describe('action.yml', () => {
  it('is valid by the schema of GitHub for action metadata', () => {
    expect(actionFaults(readFileSync('action.yml', 'utf8'))).toEqual([]);
  });

  it('is refused by that schema when a step has no shell', () => {
    expect(actionFaults(readFileSync('action.yml', 'utf8').replace(/^ +shell: bash\n/m, ''))).toHaveLength(1);
  });

  it('hands every input to its step, and by a variable only', () => {
    const [step] = action.runs.steps;
    const handed = Object.values(step?.env ?? {}).flatMap(
      (value) => /inputs\.([\w-]+)/.exec(value)?.[1] ?? [],
    );
    expect(handed).toEqual(Object.keys(action.inputs));
    expect(action.runs.steps.map(({ run }) => run).join('\n')).not.toContain('${{');
  });

  it('takes code from no other action', () => {
    expect(action.runs.using).toBe('composite');
    expect(action.runs.steps.every((step) => !('uses' in step))).toBe(true);
  });

  it('has what it runs beside it, and that needs nothing else', () => {
    const files = readdirSync('action').map((name) => `action/${name}`);
    expect(files).toContain('action/main.mjs');
    const imported = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)].map((match) => match[1] ?? ''),
    );
    expect(imported.filter((name) => !name.startsWith('node:') && !existsSync(`action/${name}`))).toEqual([]);
  });
});

describe('the workflows', () => {
  it.each(WORKFLOWS)('%s is valid by the schema of GitHub for workflows', (name) => {
    expect(workflowFaults(readFileSync(name, 'utf8'))).toEqual([]);
  });

  it.each(WORKFLOWS)('%s names every action by its commit, and its version beside it', (name) => {
    const uses = [...readFileSync(name, 'utf8').matchAll(/\buses: *(.*)/g)].map((match) => match[1] ?? '');
    expect(uses).not.toEqual([]);
    expect(uses.filter((line) => !/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });
});

describe('.pre-commit-hooks.yaml', () => {
  const [hook, ...others] = load(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as Record<string, unknown>[];

  it('defines one hook with the keys that pre-commit requires', () => {
    expect(others).toEqual([]);
    expect(hook).toMatchObject({ id: 'phantom-guard', language: 'node', pass_filenames: false });
    expect(Object.keys(hook ?? {}).sort()).toEqual(
      ['description', 'entry', 'files', 'id', 'language', 'name', 'pass_filenames'].sort(),
    );
  });

  it.each(['package.json', 'a/package-lock.json', 'pnpm-lock.yaml', 'npm-shrinkwrap.json', '.npmrc'])(
    'runs for %s',
    (file) => {
      expect(file).toMatch(new RegExp(String(hook?.['files'])));
    },
  );

  it.each(['src/package.json.ts', 'my-package.json', 'README.md', 'package-lock.json.bak'])(
    'does not run for %s',
    (file) => {
      expect(file).not.toMatch(new RegExp(String(hook?.['files'])));
    },
  );

  it('comes with what pre-commit needs: "npm pack" prints its file and nothing else', () => {
    // pre-commit hands all that it prints to "npm install -g"; without this npm prints the lines of "prepare" there too.
    expect(readFileSync('.npmrc', 'utf8')).toMatch(/^foreground-scripts=false$/m);
  });
});

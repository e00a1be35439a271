import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { TOOL } from '../../../src/cli/tool.js';
import { fakeIo } from '../../support/fake-io.js';
import { type FakeRegistry, startFakeRegistry } from '../../support/fake-registry.js';
import { writeProject } from '../../support/projects.js';

const INVENTED = 'zq-invented';
const IN_A_JOB = { GITHUB_ACTIONS: 'true' };

let registry: FakeRegistry;
beforeAll(async () => {
  registry = await startFakeRegistry({ absent: [INVENTED] });
});
afterAll(() => registry.close());

async function run(words: readonly string[], env: Readonly<Record<string, string>>) {
  const cwd = writeProject({ 'package.json': { name: 'project', dependencies: { [INVENTED]: '*' } } });
  const { io, stdout, stderr } = fakeIo({ cwd, env });
  const where = ['--registry', registry.url, '--downloads-url', 'none', '--no-cache'];
  const { status } = await main([...where, ...words], io);
  return { status, stdout: stdout(), stderr: stderr() };
}

describe('in a job of GitHub Actions', () => {
  it('a check annotates, writes the log and the summary of the job', async () => {
    const summary = path.join(mkdtempSync(path.join(tmpdir(), 'phantom-guard-summary-')), 'summary.md');
    const { status, stdout } = await run(['check'], { ...IN_A_JOB, GITHUB_STEP_SUMMARY: summary });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::error file=package.json,line=4,title=blocked/);
    expect(stdout).toContain(`\nBLOCKED  ${INVENTED}`);
    expect(readFileSync(summary, 'utf8')).toContain('1 package blocked');
  });

  it('a summary that can not be written costs no verdict', async () => {
    const { status, stdout, stderr } = await run(['check'], {
      ...IN_A_JOB,
      GITHUB_STEP_SUMMARY: '/nowhere/at/all',
    });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::error /);
    expect(stderr).toContain('ENOENT');
  });

  it('a format that is asked for is what comes', async () => {
    const { stdout } = await run(['check', '--format', 'text'], IN_A_JOB);
    expect(stdout).not.toContain('::error');
  });

  it('a guarded install that is refused annotates on stderr, where all of our output goes', async () => {
    const { status, stdout, stderr } = await run(['npm', 'install', INVENTED], IN_A_JOB);
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^::error title=blocked/);
    expect(stderr).not.toContain('npm uninstall');
  });

  it.each([
    ['what nobody can read', ['check', 'nowhere'], 'INPUT_NOT_FOUND'],
    ['wrong usage', ['check', '--nonsense'], 'USAGE'],
  ])('%s is an error with its code', async (_, words, code) => {
    const { status, stdout } = await run(words, IN_A_JOB);
    expect(status).toBe(2);
    expect(stdout).toMatch(new RegExp(`^::error title=${code}::`));
  });

  it('commands that judge nothing speak as everywhere', async () => {
    const { stdout } = await run(['--version'], IN_A_JOB);
    expect(stdout).toBe(`${TOOL.version}\n`);
  });
});

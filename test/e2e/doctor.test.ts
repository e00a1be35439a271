import { describe, expect, it } from 'vitest';
import { writeProject } from '../support/projects.js';
import { runCli } from '../support/run-cli.js';

describe('phantom-guard-install doctor', () => {
  it('prints a table to stdout and nothing to stderr', async () => {
    const cwd = writeProject({ 'package.json': { name: 'p' } });
    const { status, stdout, stderr } = await runCli(['doctor'], { cwd });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^phantom-guard-install npm … {2}yes {6}wrapper {2}T0/m);
    expect(stdout).toContain('"npm install" is not guarded here.');
  });
});

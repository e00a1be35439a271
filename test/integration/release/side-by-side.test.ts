import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeProject } from '../../support/projects.js';
import { runProcess } from '../../support/run-process.js';

const SCRIPT = path.resolve(import.meta.dirname, '../../../scripts/side-by-side.mjs');

async function sideBySide(...commands: readonly string[]) {
  const cwd = writeProject({});
  const env = { PATH: process.env['PATH'] ?? '' };
  const { status, stdout, stderr } = await runProcess(process.execPath, [SCRIPT, ...commands], { cwd, env });
  return { cwd, status, stdout, stderr };
}

describe('the steps of CI that go side by side', () => {
  it('go two at a time, each with its output in one piece', async () => {
    // Each waits for the other, between its lines.
    const meet = (own: string, other: string) =>
      `echo ${own} begins; touch ${own}; until [ -e ${other} ]; do sleep 0.05; done; echo ${own} ends >&2`;
    const { status, stdout, stderr } = await sideBySide(meet('one', 'two'), meet('two', 'one'));
    expect([status, stderr]).toEqual([0, '']);
    for (const own of ['one', 'two']) expect(stdout).toContain(`${own} begins\n${own} ends\n`);
  });

  it.each([
    ['a status', 'exit 3', 'FAILED with 3'],
    ['a signal', 'kill -9 $$', 'FAILED with SIGKILL'],
    ['no program', 'zq-no-program', 'FAILED with 127'],
  ])('fail together where one fails, and are all run: %s', async (_, failing, said) => {
    const { cwd, status, stdout, stderr } = await sideBySide(`echo why; ${failing}`, 'true', 'touch last');
    expect(status).toBe(1);
    expect(stdout).toContain(said);
    expect(stdout).toContain('why\n');
    expect(stderr).toBe(`failed: echo why; ${failing}\n`);
    expect(existsSync(path.join(cwd, 'last'))).toBe(true);
  });

  it('fail where there is none, since a run of no step proves nothing', async () => {
    expect((await sideBySide()).status).toBe(1);
  });
});

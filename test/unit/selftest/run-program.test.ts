import { describe, expect, it } from 'vitest';
import { runProgram } from '../../../src/selftest/run-program.js';
import { scriptedProgram } from '../../support/scripted-program.js';

const run = (file: string, signal = new AbortController().signal) =>
  runProgram({ file, args: [], cwd: process.cwd(), env: { PATH: process.env['PATH'] }, signal });

describe('a program that the self-test runs', () => {
  it('hands on its status and what it says on both streams', async () => {
    const { file } = scriptedProgram('npm', 'echo one; echo two >&2; exit 3');
    const { status, text } = await run(file);
    expect([status, text.split('\n').filter(Boolean).sort()]).toEqual([3, ['one', 'two']]);
  });

  it('has nothing on stdin', async () => {
    expect(await run(scriptedProgram('npm', 'cat').file)).toEqual({ status: 0, text: '' });
  });

  it('keeps the end of a long text', async () => {
    const { text } = await run(scriptedProgram('npm', 'yes line | head -c 300000; echo the end').file);
    expect([text.length, text.endsWith('the end\n')]).toEqual([200_000, true]);
  });

  it('ends with everything that it started when the user gives up', async () => {
    // The child holds the pipe open: were it left alive, the run would not end.
    const stop = new AbortController();
    const { file, runs } = scriptedProgram('npm', 'sleep 300 & wait');
    const running = run(file, stop.signal);
    while (runs().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort();
    expect((await running).status).toBeNull();
  });

  it('does not outlive a run that was given up before it', async () => {
    expect((await run(scriptedProgram('npm', 'sleep 300').file, AbortSignal.abort())).status).toBeNull();
  });

  it('rejects where there is no such program', async () => {
    await expect(run('/nowhere/npm', AbortSignal.abort())).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

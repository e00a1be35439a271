import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { TOOL } from '../../../src/cli/tool.js';
import { fakeIo } from '../../support/fake-io.js';
import { writeProject } from '../../support/projects.js';

async function run(words: readonly string[], cwd?: string) {
  const fake = fakeIo(cwd === undefined ? {} : { cwd });
  const { status } = await main(words, fake.io);
  return { status, stdout: fake.stdout(), stderr: fake.stderr() };
}

describe('what the program says of itself', () => {
  it('is its version, for people and programs', async () => {
    expect(await run(['--version'])).toMatchObject({ status: 0, stdout: `${TOOL.version}\n` });
    const { stdout } = await run(['--version', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, tool: TOOL });
  });

  it('is its help, for people and programs', async () => {
    const { stdout } = await run(['--help']);
    const json = JSON.parse((await run(['--help', '--format', 'json'])).stdout) as { readonly help: string };
    expect([json.help, stdout.startsWith('Usage: phantom-guard-install COMMAND')]).toEqual([stdout, true]);
  });
});

describe('a failure', () => {
  it('is told on stderr, and as a document where that is wanted', async () => {
    const cwd = writeProject({});
    const { status, stdout, stderr } = await run(['check'], cwd);
    expect([status, stdout, stderr]).toEqual([2, '', expect.stringMatching(/\(NO_PROJECT\)\n.+\n$/)]);
    const json = await run(['check', '--format', 'json'], cwd);
    expect([json.status, json.stderr]).toEqual([2, '']);
    expect(JSON.parse(json.stdout)).toMatchObject({ status: 'undecided', error: { code: 'NO_PROJECT' } });
  });

  it('comes to stdout where the file for the document can not be written', async () => {
    const cwd = writeProject({});
    const output = path.join(cwd, 'no', 'such', 'folder.json');
    const { status, stdout } = await run(['--version', '--format', 'json', '--output', output], cwd);
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'OUTPUT_UNWRITABLE' } });
  });

  it('of a wrapped program leaves its stdout alone', async () => {
    const fake = fakeIo({ env: { PATH: writeProject({}) } });
    const { status } = await main(['--format', 'json', 'npm', 'install'], fake.io);
    expect([status, fake.stdout()]).toEqual([2, '']);
    expect(JSON.parse(fake.stderr())).toMatchObject({ error: { code: 'NO_MANAGER' } });
  });

  it('that is a defect comes with its place in the program', async () => {
    const fake = fakeIo({ cwd: writeProject({}) });
    const broken = {
      ...fake.io,
      stdout: {
        write: () => {
          throw new RangeError('the stream is odd');
        },
      },
    };
    expect((await main(['--version'], broken)).status).toBe(2);
    expect(fake.stderr()).toMatch(
      /the stream is odd \(INTERNAL\)\n.*defect.*\nRangeError: the stream is odd\n +at /,
    );
  });
});

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { fakeIo } from '../../support/fake-io.js';
import { writeProject } from '../../support/projects.js';

async function scan(words: readonly string[], options: Parameters<typeof fakeIo>[0] = {}) {
  const fake = fakeIo(options);
  const { status } = await main(['scan', ...words], fake.io);
  return { status, stdout: fake.stdout(), stderr: fake.stderr() };
}

const namesIn = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { readonly name: string }).name);

describe('scan', () => {
  it('answers a line for each name of stdin, in their order', async () => {
    const { status, stdout, stderr } = await scan(['--names', '-', '--workers', '0'], {
      stdin: 'lodash\nloadsh\n',
    });
    expect([status, namesIn(stdout), stderr]).toEqual([0, ['lodash', 'loadsh'], '']);
    const [known, squat] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(JSON.stringify(squat)).toContain('"lodash"');
    expect(JSON.stringify(known)).not.toContain('TYPOSQUAT');
  });

  it('reads a file of the current folder, and writes the answers into another', async () => {
    const cwd = writeProject({ 'names.txt': 'zq-one\nzq-two' });
    const output = path.join(cwd, 'answers.ndjson');
    const { status, stdout } = await scan(['--names', 'names.txt', '--no-data', '--output', output], { cwd });
    expect([status, stdout, namesIn(readFileSync(output, 'utf8'))]).toEqual([0, '', ['zq-one', 'zq-two']]);
  });

  it('knows no name without the bundled ones', async () => {
    const { stdout } = await scan(['--names', '-', '--no-data', '--workers', '4'], { stdin: 'loadsh\n' });
    expect([namesIn(stdout), stdout.includes('lodash')]).toEqual([['loadsh'], false]);
  });

  it('can not decide about a file that is not there, and writes nothing then', async () => {
    const cwd = writeProject({});
    const output = path.join(cwd, 'answers.ndjson');
    const { status, stderr } = await scan(['--names', 'names.txt', '--no-data', '--output', output], { cwd });
    expect([status, existsSync(output)]).toEqual([2, false]);
    expect(stderr).toContain("names.txt can't be read (INPUT_NOT_FOUND)");
  });

  it.each([[[]], [['lodash', '--names', '-']]])('says how it is used: scan %o', async (words) => {
    const { status, stderr } = await scan(words);
    expect([status, stderr]).toEqual([2, expect.stringContaining('scan needs --names FILE')]);
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { fakeIo } from '../../support/fake-io.js';

const NAMES = 'loadsh\nreact\n';

async function scan(words: readonly string[], stdin?: string) {
  const fake = fakeIo(stdin === undefined ? {} : { stdin });
  writeFileSync(path.join(fake.io.cwd, 'names.txt'), NAMES);
  const { status } = await main(['scan', '--workers', '0', ...words], fake.io);
  return { status, cwd: fake.io.cwd, stdout: fake.stdout(), stderr: fake.stderr() };
}

const records = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { name: string; findings: { imitated: string }[] });

describe('scan', () => {
  it('says of each name of a file what it may imitate, in their order', async () => {
    const { status, stdout } = await scan(['--names', 'names.txt']);
    expect(status).toBe(0);
    expect(records(stdout).map(({ name, findings }) => [name, findings[0]?.imitated])).toEqual([
      ['loadsh', 'lodash'],
      ['react', undefined],
    ]);
  });

  it('reads names from stdin', async () => {
    const { stdout } = await scan(['--names', '-'], NAMES);
    expect(stdout).toBe((await scan(['--names', 'names.txt'])).stdout);
  });

  it('writes to a file, and then nothing to stdout', async () => {
    const { status, stdout, cwd } = await scan(['--names', 'names.txt', '--output', 'found.ndjson']);
    expect([status, stdout]).toEqual([0, '']);
    expect(records(readFileSync(path.join(cwd, 'found.ndjson'), 'utf8'))).toHaveLength(2);
  });

  it('finds nothing without the bundled names', async () => {
    const { stdout } = await scan(['--names', 'names.txt', '--no-data']);
    expect(records(stdout).flatMap(({ findings }) => findings)).toEqual([]);
  });

  it.each([
    [['--names', 'nowhere.txt'], 'INPUT_NOT_FOUND'],
    [[], 'USAGE'],
    [['--names', 'names.txt', 'loadsh'], 'USAGE'],
  ])('ends with 2 for %j', async (words, code) => {
    const { status, stdout, stderr } = await scan(words);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(code);
  });
});

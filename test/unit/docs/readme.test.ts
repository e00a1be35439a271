import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const textOf = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

it('the block of the README is what the program prints', () => {
  const [, golden = ''] =
    /# stdout\n(.*)\n\n# stderr/s.exec(textOf('test/golden/one-invented-name/text.txt')) ?? [];
  const [, shown = ''] =
    /```console\n\$ phantom-guard-install check\n(.*?)\n```/s.exec(textOf('README.md')) ?? [];
  expect(golden).toContain('BLOCKED');
  expect(shown).toBe(golden);
});

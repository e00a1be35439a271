import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { GuardError } from '../../../src/errors.js';
import type { ResolvedTree } from '../../../src/model/resolved-tree.js';
import { pnpmTree } from './lockfile-builders.js';

const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures/lockfiles');
const VERSIONS = ['pnpm-5.4', 'pnpm-6.0', 'pnpm-9.0', 'pnpm-9.0-config-dependencies'];

const namesOf = ({ entries }: ResolvedTree): ReadonlySet<string> => new Set(entries.map(({ name }) => name));

/** `null` = refused. */
async function treeOf(text: string): Promise<ResolvedTree | null> {
  try {
    return await pnpmTree(text);
  } catch (error) {
    if (error instanceof GuardError) return null;
    throw error;
  }
}

describe('a pnpm-lock.yaml that is cut off between two packages', () => {
  it.each(VERSIONS)('is refused, or has every name, or says what is lost: %s', async (version) => {
    const text = readFileSync(path.join(FIXTURES, version, 'pnpm-lock.yaml'), 'utf8');
    const whole = namesOf(await pnpmTree(text));
    const lines = text.split('\n');
    const first = lines.findLastIndex((line) => line.startsWith('packages:'));
    let shorter = 0;
    for (let end = first; end < lines.length; end++) {
      // Within a package the lines that would refer to others may be gone too, and what is left is a lockfile of fewer.
      if (!/^(?: {2}\S|\S|$)/.test(lines[end] ?? '')) continue;
      const tree = await treeOf(`${lines.slice(0, end).join('\n')}\n`);
      if (tree === null) continue;
      const names = namesOf(tree);
      const missing = [...whole].filter((name) => !names.has(name));
      if (missing.length === 0) continue;
      shorter++;
      expect(tree.unchecked.map(({ reason }) => reason)).toContainEqual(
        expect.stringContaining('does not have it'),
      );
    }
    expect(shorter).toBeGreaterThan(0);
  });

  it('is not one that is whole', async () => {
    for (const version of VERSIONS) {
      const text = readFileSync(path.join(FIXTURES, version, 'pnpm-lock.yaml'), 'utf8');
      const { unchecked } = await pnpmTree(text);
      expect(unchecked.filter(({ reason }) => reason.includes('does not have it'))).toEqual([]);
    }
  });
});

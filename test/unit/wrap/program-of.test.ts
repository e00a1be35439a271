import { describe, expect, it } from 'vitest';
import { programOf } from '../../../src/wrap/program-of.js';
import { writeProject } from '../../support/projects.js';

describe('the program that a package is started by', () => {
  it.each([
    ['zq-tool', 'cli.js', 'zq-tool'],
    ['@zq/tool', 'cli.js', 'tool'],
    ['zq-tool', { 'zq-other': 'cli.js' }, 'zq-other'],
    ['zq-tool', { 'zq-a': './cli.js', 'zq-b': 'cli.js' }, 'zq-a'],
    ['@zq/tool', { tool: 'a.js', other: 'b.js' }, 'tool'],
    ['zq-tool', { 'zq-a': 'a.js', 'zq-b': 'b.js' }, null],
    ['zq-tool', undefined, null],
  ])('of %s with %j is %s', async (name, bin, program) => {
    const folder = writeProject({ [`node_modules/${name}/package.json`]: { name, bin } });
    expect(await programOf(folder, name)).toBe(program);
  });
});

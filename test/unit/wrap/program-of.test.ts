import { describe, expect, it } from 'vitest';
import { programOf } from '../../../src/wrap/program-of.js';
import { writeProject } from '../../support/projects.js';

const programIn = (name: string, bin: unknown) =>
  programOf(writeProject({ [`node_modules/${name}/package.json`]: { name, bin } }), name);

describe('the program that a package means', () => {
  it.each([
    ['has the name of the package where it is not named', 'widget', 'cli.js', 'widget'],
    ['has it without the scope', '@scope/widget', 'cli.js', 'widget'],
    ['is the only one', 'widget', { tool: 'cli.js' }, 'tool'],
    ['is the first of two names of one file', 'widget', { one: 'cli.js', two: './cli.js' }, 'one'],
    [
      'is that of the name of the package among several',
      '@scope/widget',
      { other: 'a.js', widget: 'b.js' },
      'widget',
    ],
    ['is none of several others', 'widget', { one: 'a.js', two: 'b.js' }, null],
    ['is none where there is none', 'widget', undefined, null],
  ])('%s', async (_, name, bin, expected) => {
    expect(await programIn(name, bin)).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { supportsColor } from '../../../src/cli/color.js';

const stdout = (isTTY: boolean) => ({ isTTY, write: () => true });

describe('colour', () => {
  it.each([
    ['a terminal', { TERM: 'xterm-256color' }, true, true],
    ['a terminal that does not say what it is', {}, true, false],
    ['the terminal of a CI that shows colours', { CI: 'true', GITHUB_ACTIONS: 'true' }, true, true],
    ['the terminal of a CI that nobody knows', { CI: 'true', TERM: 'xterm' }, true, false],
    ['a pipe', {}, false, false],
    ['a terminal that cannot', { TERM: 'dumb' }, true, false],
    ['a terminal whose user wants none', { NO_COLOR: '1' }, true, false],
    ['a pipe that is asked to', { FORCE_COLOR: '1' }, false, true],
    ['a terminal that is told not to', { FORCE_COLOR: '0' }, true, false],
  ])('for %s', (_, env, isTTY, expected) => {
    expect(supportsColor({ env, stdout: stdout(isTTY) })).toBe(expected);
  });
});

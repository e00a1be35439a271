import { describe, expect, it } from 'vitest';
import { hookIo, withHookOptions } from '../../../src/cli/hook-command.js';
import { preinstallComesFirst, scriptRunner } from '../../../src/cli/script-runner.js';
import { fakeIo } from '../../support/fake-io.js';

describe('the manager that runs a script', () => {
  it.each([
    ['npm/10.9.9 node/v20.20.2 linux x64 workspaces/false', false],
    ['npm/11.21.2 node/v20.20.2', false],
    ['npm/12.0.0 node/v24.1.0', true],
    ['pnpm/9.15.9 npm/? node/v20', false],
    ['pnpm/11.27.0', false],
    ['pnpm/11.28.11', true],
    ['pnpm/12.5.0', false],
    ['pnpm/12.6.0', true],
    ['pnpm/13.0.0', true],
    ['yarn/4.0.0', false],
  ])('%s: preinstall comes first: %s', (agent, first) => {
    const runner = scriptRunner(agent);
    expect(runner !== null && preinstallComesFirst(runner)).toBe(first);
  });

  it('is nobody without a user agent', () => {
    expect(scriptRunner(undefined)).toBe(null);
    expect(scriptRunner('a browser')).toBe(null);
  });
});

describe('a hook', () => {
  const env = { PHANTOM_GUARD_OPTIONS: ' --offline  --no-cache ' };

  it('has options from the environment, and no other command has', () => {
    expect(withHookOptions(['preinstall', '--all'], { env })).toEqual([
      'preinstall',
      '--offline',
      '--no-cache',
      '--all',
    ]);
    expect(withHookOptions(['internal-gate', '--', '/p'], { env: {} })).toEqual([
      'internal-gate',
      '--',
      '/p',
    ]);
    expect(withHookOptions(['check'], { env })).toEqual(['check']);
    expect(withHookOptions([], { env })).toEqual([]);
  });

  it('writes its results to stderr', () => {
    const fake = fakeIo();
    hookIo(fake.io).stdout.write('text');
    expect([fake.stdout(), fake.stderr()]).toEqual(['', 'text']);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acceptCommand,
  removeCommand,
  replaceCommand,
  whyCommand,
} from '../../../../src/report/text/commands.js';
import { reported } from '../../../support/reported.js';

const SUGGESTED = { suggestions: [{ name: 'widget', why: 'one letter less' }] };

describe('the command that puts the right package in the place of a wrong one', () => {
  it.each([
    ['npm', true, 'npm uninstall zq-wrong && npm install widget'],
    ['npm', false, 'npm install widget'],
    ['pnpm', true, 'pnpm remove zq-wrong && pnpm add widget'],
    ['pnpm', false, 'pnpm add widget'],
  ] as const)('is that of %s, in a project: %s', (manager, inProject, command) => {
    expect(replaceCommand(reported({ name: 'zq-wrong', ...SUGGESTED }), manager, inProject)).toBe(command);
  });

  it('takes an alias by the name under which it is installed', () => {
    const aliased = reported({ name: 'zq-wrong', alias: 'kit', ...SUGGESTED });
    expect(replaceCommand(aliased, 'npm', true)).toBe('npm uninstall kit && npm install widget');
  });

  it.each([
    ['nothing is suggested', { suggestions: [] }],
    ['another package asks for it', { ...SUGGESTED, direct: false }],
    ['its name is more than a word', { ...SUGGESTED, name: 'zq;reboot' }],
    ['what is suggested is more than a word', { suggestions: [{ name: '$(x)', why: '' }] }],
  ])('is not there where %s', (_, change) => {
    expect(replaceCommand(reported(change), 'npm', true)).toBeNull();
  });
});

describe('the command for what a workspace asks for', () => {
  const inWorkspace = reported({
    name: 'zq-wrong',
    requestedBy: [['apps/web', 'zq-wrong@1.0.0']],
    ...SUGGESTED,
  });

  it('names the workspace', () => {
    expect(replaceCommand(inWorkspace, 'npm', true)).toBe(
      'npm -w apps/web uninstall zq-wrong && npm -w apps/web install widget',
    );
    expect(removeCommand(inWorkspace, 'pnpm')).toBe('pnpm -C apps/web remove zq-wrong');
  });

  it('is not there where its path is more than a word', () => {
    const odd = reported({ requestedBy: [['apps/$(x)', 'zq-invented@1.0.0']], ...SUGGESTED });
    expect(replaceCommand(odd, 'npm', true)).toBeNull();
    expect(removeCommand(odd, 'npm')).toBeNull();
  });
});

describe('the command that takes a package out', () => {
  it('is there for what the project asks for itself', () => {
    expect(removeCommand(reported({ name: 'zq-x' }), 'npm')).toBe('npm uninstall zq-x');
    expect(removeCommand(reported({ name: 'zq-x', alias: 'kit' }), 'pnpm')).toBe('pnpm remove kit');
    expect(removeCommand(reported({ direct: false }), 'npm')).toBeNull();
  });
});

describe('the command that says who asks', () => {
  it('is there for what the project does not ask for itself', () => {
    expect(whyCommand(reported({ name: '@zq/x', direct: false }), 'npm')).toBe('npm explain @zq/x');
    expect(whyCommand(reported({ name: 'zq-x', direct: false }), 'pnpm')).toBe('pnpm why zq-x');
    expect(whyCommand(reported({ direct: true }), 'npm')).toBeNull();
    expect(whyCommand(reported({ name: 'a b', direct: false }), 'npm')).toBeNull();
  });
});

describe('the command that makes an exception', () => {
  it('names the version that was judged', () => {
    expect(acceptCommand(reported({ name: 'zq-x', version: '1.0.0-rc.1+b' }))).toBe(
      'phantom-guard-install accept zq-x@1.0.0-rc.1+b --reason "why"',
    );
  });

  it.each([
    ['nobody owns the name', { risk: 'not-found' }],
    ['nobody could judge it', { risk: 'unknown' }],
    ['it is let through', { action: 'warn' }],
    ['no version was judged', { version: null }],
    ['a feed lists it', { signals: [{ code: 'KNOWN_MALICIOUS', weight: 14, evidence: {} }] }],
    [
      'the lockfile fetches something else',
      { signals: [{ code: 'RESOLVED_MISMATCH', weight: 14, evidence: {} }] },
    ],
    ['its version is more than a word', { version: '1.0.0 && reboot' }],
  ] as const)('is not there where %s', (_, change) => {
    expect(acceptCommand(reported(change))).toBeNull();
  });
});

it('no command holds anything that a shell would act on', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, other) => {
      const requestedBy = [[other, name]];
      const one = reported({ name, version: other, requestedBy, suggestions: [{ name: other, why: '' }] });
      const far = { ...one, direct: false };
      const commands = [
        replaceCommand(one, 'npm', true),
        removeCommand(one, 'pnpm'),
        acceptCommand(one),
        whyCommand(far, 'pnpm'),
      ];
      for (const command of commands) expect(command ?? '').toMatch(/^[\w @/.~+&"-]*$/);
    }),
  );
});

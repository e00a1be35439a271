import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHookCall } from '../../../src/agent/read-hook-call.js';
import { GuardError } from '../../../src/errors.js';

/** As documented by each agent; shortened. */
const CLAUDE = {
  session_id: 's',
  transcript_path: '/t.jsonl',
  cwd: '/work',
  permission_mode: 'default',
  hook_event_name: 'PreToolUse',
  tool_name: 'Bash',
  tool_input: { command: 'npm i zq', description: 'x', timeout: 1000 },
  tool_use_id: 'toolu_1',
};
const CODEX = {
  ...CLAUDE,
  turn_id: 't',
  model: 'm',
  tool_input: { command: 'npm i zq' },
};
const CURSOR = {
  conversation_id: 'c',
  generation_id: 'g',
  hook_event_name: 'beforeShellExecution',
  workspace_roots: ['/work'],
  command: 'npm i zq',
};
const COPILOT = {
  timestamp: 1704614600000,
  cwd: '/work',
  toolName: 'bash',
  toolArgs: '{"command":"npm i zq","description":"x"}',
};

function read(json: object, asked: Parameters<typeof readHookCall>[1] = null) {
  return readHookCall(JSON.stringify(json), asked);
}

describe('the form of an agent', () => {
  it.each([
    ['claude', CLAUDE],
    ['codex', CODEX],
    ['cursor', CURSOR],
    ['copilot', COPILOT],
  ])('is told from what comes in: %s', (agent, json) => {
    expect(read(json)).toMatchObject({ agent, cwd: '/work', call: { kind: 'shell', line: 'npm i zq' } });
  });

  it('is the one that --agent names', () => {
    expect(read(CLAUDE, 'codex').agent).toBe('codex');
  });

  it.each([
    ['default', true],
    ['acceptEdits', true],
    ['bypassPermissions', false],
    ['dontAsk', false],
  ])('says whether Claude Code asks a person: %s', (permission_mode, canAsk) => {
    expect(read({ ...CLAUDE, permission_mode }).canAsk).toBe(canAsk);
    expect(read({ ...CODEX, permission_mode }).canAsk).toBe(false);
  });
});

describe('an edit', () => {
  it.each([
    [{ ...CLAUDE, tool_name: 'Write', tool_input: { file_path: '/p', content: 'a' } }],
    [
      {
        ...CURSOR,
        hook_event_name: 'preToolUse',
        command: undefined,
        tool_name: 'Write',
        tool_input: { path: '/p', contents: 'a' },
      },
    ],
    [{ ...COPILOT, toolName: 'create', toolArgs: '{"path":"/p","file_text":"a"}' }],
  ])('that writes a file is one: %j', (json) => {
    expect(read(json).call).toEqual({ kind: 'write', file: '/p', text: 'a' });
  });

  it.each([
    [
      {
        ...CLAUDE,
        tool_name: 'Edit',
        tool_input: { file_path: '/p', old_string: 'a', new_string: 'b', replace_all: true },
      },
    ],
    [
      {
        ...CLAUDE,
        tool_name: 'MultiEdit',
        tool_input: { file_path: '/p', edits: [{ old_string: 'a', new_string: 'b', replace_all: true }] },
      },
    ],
    [
      {
        ...COPILOT,
        toolArgs: { path: '/p', old_str: 'a', new_str: 'b', replace_all: true, command: 'str_replace' },
      },
    ],
  ])('that replaces text is one: %j', (json) => {
    const replacements = [{ before: 'a', after: 'b', isEverywhere: true }];
    expect(read(json).call).toEqual({ kind: 'replace', file: '/p', replacements });
  });

  it('by a patch of Codex is one', () => {
    const text = '*** Begin Patch\n*** End Patch\n';
    expect(read({ ...CODEX, tool_name: 'apply_patch', tool_input: { command: text } }).call).toEqual({
      kind: 'patch',
      text,
    });
  });

  it('is none where a file is only read', () => {
    expect(read({ ...CLAUDE, tool_name: 'Read', tool_input: { file_path: '/p' } }).call).toEqual({
      kind: 'other',
    });
  });
});

it('arguments of a program are a line', () => {
  const command = ['bash', '-lc', "echo 'a b'"];
  expect(read({ ...CODEX, tool_input: { command } }).call).toEqual({
    kind: 'shell',
    line: "'bash' '-lc' 'echo '\\''a b'\\'''",
  });
});

it('what is no JSON object has no form, and nothing else is thrown', () => {
  for (const text of ['', '{', '[]', '"x"', 'null'])
    expect(() => readHookCall(text, null)).toThrow(
      expect.objectContaining({ code: 'INPUT_UNREADABLE' }) as Error,
    );
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      try {
        readHookCall(text, null);
      } catch (error) {
        expect(error).toBeInstanceOf(GuardError);
      }
    }),
  );
});

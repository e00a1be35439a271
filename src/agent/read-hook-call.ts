import { GuardError } from '../errors.js';
import type { Agent, HookCall, Replacement, ToolCall } from './hook-call.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads what an agent hands to its hook. The agents' forms differ in names only, so that one reader knows all of them.
 *
 * @param asked the agent that `--agent` names; `null` = the one whose form it is
 * @throws GuardError INPUT_UNREADABLE for what is no JSON object
 */
export function readHookCall(text: string, asked: Agent | null): HookCall {
  const json = parseObject(text);
  if (json === null) throw unreadable();
  const agent = asked ?? detectAgent(json);
  const roots: unknown = json['workspace_roots'];
  const [root] = Array.isArray(roots) ? (roots as readonly unknown[]) : [];
  const cwd = textAt(json, ['cwd']) ?? (typeof root === 'string' ? root : null);
  return { agent, cwd, canAsk: canAsk(agent, json), call: toolCall(json) };
}

/** Whose form it is. Codex's is Claude's with the model and the turn. */
export function detectAgent(json: Fields): Agent {
  if ('toolName' in json || 'toolArgs' in json) return 'copilot';
  const event = json['hook_event_name'];
  const isCursor = 'conversation_id' in json || 'generation_id' in json || 'cursor_version' in json;
  if (isCursor || event === 'beforeShellExecution' || event === 'preToolUse') return 'cursor';
  return 'turn_id' in json ? 'codex' : 'claude';
}

/** Only Claude Code is known to put `ask` to a person in every case; and not in modes that ask nobody. */
function canAsk(agent: Agent, json: Fields): boolean {
  const mode = textAt(json, ['permission_mode']) ?? 'default';
  return agent === 'claude' && ['default', 'acceptEdits', 'plan'].includes(mode);
}

function toolCall(json: Fields): ToolCall {
  const given = json['tool_input'] ?? json['toolArgs'] ?? json['toolInput'];
  const args = typeof given === 'string' ? (parseObject(given) ?? { input: given }) : asFields(given);
  const all: Fields = {
    ...args,
    ...(typeof json['command'] === 'string' ? { command: json['command'] } : {}),
  };
  const patch = textAt(all, ['command', 'input', 'patch']);
  if (patch !== null && /^\s*\*\*\* Begin Patch/.test(patch)) return { kind: 'patch', text: patch };
  const file = textAt(all, ['file_path', 'filePath', 'path', 'target_file', 'filename']);
  if (file !== null) return fileCall(file, all);
  const line = shellLine(all['command'] ?? all['cmd']);
  return line === null ? { kind: 'other' } : { kind: 'shell', line };
}

function fileCall(file: string, args: Fields): ToolCall {
  const text = textAt(args, ['content', 'file_text', 'contents', 'fileText']);
  if (text !== null) return { kind: 'write', file, text };
  const list: unknown = args['edits'];
  const edits = Array.isArray(list) ? list.map(asFields) : [args];
  const replacements = edits.flatMap(replacement);
  return replacements.length === 0 ? { kind: 'other' } : { kind: 'replace', file, replacements };
}

function replacement(edit: Fields): readonly Replacement[] {
  const before = textAt(edit, ['old_string', 'old_str', 'oldString', 'old_text']);
  const after = textAt(edit, ['new_string', 'new_str', 'newString', 'new_text']);
  if (after === null) return [];
  const isEverywhere = edit['replace_all'] === true || edit['replaceAll'] === true;
  return [{ before: before ?? '', after, isEverywhere }];
}

/** A line, or the arguments of a program, where `bash -lc LINE` stands for the line. */
function shellLine(command: unknown): string | null {
  if (typeof command === 'string') return command;
  if (!Array.isArray(command) || !command.every((word) => typeof word === 'string')) return null;
  return command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
}

function parseObject(text: string): Fields | null {
  try {
    const json: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? asFields(json) : null;
  } catch {
    // Whatever it is, it is no object.
    return null;
  }
}

function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function textAt(fields: Fields, keys: readonly string[]): string | null {
  const found = keys.map((key) => fields[key]).find((value) => typeof value === 'string');
  return typeof found === 'string' ? found : null;
}

function unreadable(): GuardError {
  return new GuardError(
    'INPUT_UNREADABLE',
    'what the agent said on stdin is no JSON object, so nothing could be judged and the tool call is refused',
    'agent-hook is started by a coding agent: phantom-guard-install agent-hook --install claude|cursor|codex|copilot',
  );
}

/** Variables that coding agents set for what they start, and which agent each means. */
const MARKS: Readonly<Record<string, string>> = {
  CLAUDECODE: 'Claude Code',
  CURSOR_AGENT: 'Cursor',
  CODEX_SANDBOX: 'Codex',
  CODEX_SANDBOX_NETWORK_DISABLED: 'Codex',
  CODEX_THREAD_ID: 'Codex',
  COPILOT_CLI: 'GitHub Copilot',
  GEMINI_CLI: 'Gemini CLI',
  OPENCODE: 'opencode',
  AUGMENT_AGENT: 'Augment',
  CLINE_ACTIVE: 'Cline',
  AI_AGENT: 'an AI agent',
};

/** The coding agent that started this process, as far as the environment says it; `null` = none. */
export function agentInEnvironment(env: Readonly<Record<string, string | undefined>>): string | null {
  const found = Object.entries(MARKS).find(([name]) => !/^(?:|0|false)$/i.test(env[name] ?? ''));
  return found?.[1] ?? null;
}

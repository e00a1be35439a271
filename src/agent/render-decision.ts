import type { Agent, Decision } from './hook-call.js';

/**
 * A decision in the form of an agent, for stdout with exit status 0; empty where silence means "decide yourself". `ask` is
 * given to Claude Code only: Codex runs the command then, and Cursor and Copilot do in some of their modes.
 */
export function renderDecision(decision: Decision, agent: Agent): string {
  if (decision.kind === 'pass') return agent === 'cursor' ? line({ permission: 'allow' }) : '';
  const { kind, reason } = decision;
  switch (agent) {
    case 'claude':
      return line({
        hookSpecificOutput: {
          hookEventName: 'PreToolUse',
          permissionDecision: kind,
          permissionDecisionReason: reason,
        },
      });
    case 'codex':
      return line({
        hookSpecificOutput: {
          hookEventName: 'PreToolUse',
          permissionDecision: 'deny',
          permissionDecisionReason: reason,
        },
      });
    case 'cursor':
      return line({
        permission: 'deny',
        user_message: reason,
        agent_message: reason,
        userMessage: reason,
        agentMessage: reason,
      });
    case 'copilot':
      return line({ permissionDecision: 'deny', permissionDecisionReason: reason });
  }
}

function line(json: object): string {
  return `${JSON.stringify(json)}\n`;
}

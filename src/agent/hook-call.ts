/** The coding agents whose hooks are served. */
export const AGENTS = ['claude', 'cursor', 'codex', 'copilot'] as const;
export type Agent = (typeof AGENTS)[number];

/** One replacement in a file: the first place, or all of them. */
export type Replacement = { readonly before: string; readonly after: string; readonly isEverywhere: boolean };

/** What an agent is about to do, as far as the guard understands it. */
export type ToolCall =
  | { readonly kind: 'shell'; readonly line: string }
  | { readonly kind: 'write'; readonly file: string; readonly text: string }
  | { readonly kind: 'replace'; readonly file: string; readonly replacements: readonly Replacement[] }
  /** The patches of Codex, which name their files themselves. */
  | { readonly kind: 'patch'; readonly text: string }
  | { readonly kind: 'other' };

export type HookCall = {
  readonly agent: Agent;
  readonly call: ToolCall;
  /** Where the agent works; `null` = it does not say. */
  readonly cwd: string | null;
  /** Whether this agent would put a question to a person now. */
  readonly canAsk: boolean;
};

/** What the guard says. `pass` leaves the decision to the agent's own rules. */
export type Decision = { readonly kind: 'pass' } | { readonly kind: 'ask' | 'deny'; readonly reason: string };

export const PASS: Decision = { kind: 'pass' };

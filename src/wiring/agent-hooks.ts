import path from 'node:path';
import { shellWord } from './quote.js';

/** Where an agent's hooks are written, and in what form. */
export type AgentHooks = {
  /** Below the project, and below the user's home. */
  readonly file: { readonly project: string; readonly user: string };
  /** Members of a new file beside `hooks`. */
  readonly frame: Readonly<Record<string, unknown>>;
  /** Events and the entry that each gets. */
  readonly entries: (command: string) => readonly (readonly [event: string, entry: object])[];
  /** What the user should know. */
  readonly note: string;
};

/** Seconds; the guard itself takes 20 at most, and agents go on without the answer of a hook that takes longer. */
const TIMEOUT_S = 60;

const SAME_AS_CLAUDE = (matcher: string) => (command: string) =>
  [['PreToolUse', { matcher, hooks: [{ type: 'command', command, timeout: TIMEOUT_S }] }]] as const;

export const AGENT_HOOKS: Readonly<Record<'claude' | 'cursor' | 'codex' | 'copilot', AgentHooks>> = {
  claude: {
    file: { project: '.claude/settings.json', user: '.claude/settings.json' },
    frame: {},
    entries: SAME_AS_CLAUDE('Bash|Write|Edit|MultiEdit'),
    note: 'Claude Code reads its settings when a session starts; /hooks shows them.',
  },
  codex: {
    file: { project: '.codex/hooks.json', user: '.codex/hooks.json' },
    frame: {},
    entries: SAME_AS_CLAUDE('Bash|apply_patch'),
    note: 'Codex asks once whether it may trust the hook.',
  },
  cursor: {
    file: { project: '.cursor/hooks.json', user: '.cursor/hooks.json' },
    frame: { version: 1 },
    entries: (command) => {
      const entry = { command, timeout: TIMEOUT_S, failClosed: true };
      const matcher = 'Write|StrReplace|Edit|MultiEdit|ApplyPatch';
      return [
        ['beforeShellExecution', entry],
        ['preToolUse', { ...entry, matcher }],
      ];
    },
    note: 'Cursor lists its hooks in Settings > Hooks; restart it where they are missing.',
  },
  copilot: {
    file: { project: '.github/hooks/phantom-guard.json', user: '.copilot/hooks/phantom-guard.json' },
    frame: { version: 1 },
    entries: (command) => [['preToolUse', { type: 'command', bash: command, timeoutSec: TIMEOUT_S }]],
    note: 'Copilot’s agent on GitHub reads the hooks of the default branch, and its machine needs the guard too (init --global).',
  },
};

/** What the guard's own entries have in common, whatever version wrote them. */
export function isOurs(entry: unknown): boolean {
  const text = JSON.stringify(entry) ?? '';
  return /phantom-guard-install/.test(text) && /agent-hook --agent /.test(text);
}

/**
 * The command that starts the guard of this user, from outside of any project. Whatever ends it but an answer refuses the tool
 * call: agents take exit status 2 for a refusal, and go on after any other.
 *
 * @param guard the installed guard
 * @param node the running Node; `null` for files that others share, on whose machines both are elsewhere
 */
export function hookCommand(agent: string, guard: string, node: string | null): string {
  const cli = path.join(guard, 'dist', 'cli.js');
  if (node === null) {
    const shared =
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell fills it in
      '"${PHANTOM_GUARD_HOME:-$HOME/.local/share/phantom-guard}/node_modules/phantom-guard-install/dist/cli.js"';
    return `NODE_OPTIONS= node ${shared} agent-hook --agent ${agent} || exit 2`;
  }
  // A Node that was updated lies elsewhere; one of the PATH is better than none.
  const program = `n=${shellWord(node)}; [ -x "$n" ] || n=node;`;
  return `${program} NODE_OPTIONS= "$n" ${shellWord(cli)} agent-hook --agent ${agent} || exit 2`;
}

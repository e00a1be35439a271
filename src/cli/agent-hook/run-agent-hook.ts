import { existsSync } from 'node:fs';
import { AGENTS, type Agent, type Decision, type HookCall, PASS } from '../../agent/hook-call.js';
import { readHookCall } from '../../agent/read-hook-call.js';
import { renderDecision } from '../../agent/render-decision.js';
import { GuardError } from '../../errors.js';
import { mayInstall } from '../../shell/may-install.js';
import type { Io } from '../io.js';
import type { CommandResult } from '../main.js';
import type { CheckOptions } from '../options.js';
import { isOfInterest } from './is-of-interest.js';
import { readInput } from './read-input.js';

/** Agents wait for a hook for 30 s and longer, and go on without its answer. */
const LONGEST_MS = 20_000;

/**
 * `agent-hook`: judges one tool call of a coding agent, which comes in on stdin, and answers in that agent's form. What can't be
 * read ends with 2, which refuses the call in all of them. With `--install` it writes the agent's settings.
 *
 * @throws GuardError USAGE, INPUT_UNREADABLE
 */
export async function runAgentHook(
  operands: readonly string[],
  options: CheckOptions,
  io: Io,
): Promise<CommandResult> {
  if (operands.length > 0) throw usage(`agent-hook takes no operand, and got "${operands[0]}"`);
  if (options.install !== null)
    return await (await import('./run-agent-install.js')).runAgentInstall(
      readAgent(options.install),
      options,
      io,
    );
  if (options.undo) throw usage('--undo needs the agent: agent-hook --install AGENT --undo');
  const hook = readHookCall(await readInput(io), options.agent === null ? null : readAgent(options.agent));
  return { text: renderDecision(await decide(hook, options, io), hook.agent), status: 0 };
}

async function decide(hook: HookCall, options: CheckOptions, io: Io): Promise<Decision> {
  if (!isWorthALook(hook)) return PASS;
  try {
    const { judgeCall } = await import('./judge-call.js');
    const timeoutMs = Math.min(options.timeoutMs, LONGEST_MS);
    return await judgeCall(hook, placeOf(hook, io), { ...options, quiet: true, timeoutMs }, io);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const { composeReason } = await import('../../agent/reasons.js');
    const { sanitize } = await import('../../report/sanitize.js');
    return {
      kind: 'deny',
      reason: composeReason([`The guard itself failed: ${sanitize(why)}. Tell a person.`]),
    };
  }
}

/** Most calls have nothing to do with installs; they are let go before anything more is loaded. */
function isWorthALook({ call }: HookCall): boolean {
  switch (call.kind) {
    case 'shell':
      return mayInstall(call.line);
    case 'write':
    case 'replace':
      return isOfInterest(call.file);
    case 'patch':
      return /package\.json|phantom|\.claude|\.cursor|\.codex|\.github\/hooks/.test(call.text);
    case 'other':
      return false;
  }
}

function placeOf({ cwd }: HookCall, io: Io): string {
  return cwd !== null && existsSync(cwd) ? cwd : io.cwd;
}

function readAgent(word: string): Agent {
  const found = AGENTS.find((agent) => agent === word);
  if (found === undefined) throw usage(`there is no agent "${word}"; served are ${AGENTS.join(', ')}`);
  return found;
}

function usage(message: string): GuardError {
  return new GuardError(
    'USAGE',
    message,
    `phantom-guard-install agent-hook --install ${AGENTS.join('|')} [--global] [--undo]`,
  );
}

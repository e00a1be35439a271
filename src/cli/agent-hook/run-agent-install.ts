import type { Agent } from '../../agent/hook-call.js';
import type { Io } from '../io.js';
import type { CommandResult } from '../main.js';
import type { CheckOptions } from '../options.js';
export async function runAgentInstall(agent: Agent, options: CheckOptions, io: Io): Promise<CommandResult> {
  return { text: `${agent}${options.undo}${io.cwd}`, status: 0 };
}

import { type Decision, type HookCall, PASS } from '../../agent/hook-call.js';
import type { Io } from '../io.js';
import type { CheckOptions } from '../options.js';
import { askForEdit } from './ask-for-edit.js';
import { askForLine, askForScript } from './ask-for-line.js';
import { noRequests } from './requests.js';

/** Judges one tool call. @param cwd where the agent works, absolute */
export async function judgeCall(
  { call, canAsk }: HookCall,
  cwd: string,
  options: CheckOptions,
  io: Io,
): Promise<Decision> {
  const requests = noRequests();
  const asking = { cwd, io, requests, depth: 0 };
  if (call.kind === 'shell') askForLine(call.line, asking);
  else askForEdit(call, cwd, requests, (script, dir) => askForScript(script, { ...asking, cwd: dir }));
  const isNothing = Object.values(requests).every(({ length }) => length === 0);
  if (isNothing) return PASS;
  const { judgeRequests } = await import('./judge-requests.js');
  return await judgeRequests(requests, canAsk, options, io);
}

import { type Decision, type HookCall, PASS, type ToolCall } from '../../agent/hook-call.js';
import { readSimpleLine } from '../../shell/read-simple-line.js';
import type { Io } from '../io.js';
import type { CheckOptions } from '../options.js';
import { askForEdit } from './ask-for-edit.js';
import { type Asking, askForLine, askForScript } from './ask-for-line.js';
import { noRequests, type Requests } from './requests.js';

/** Judges one tool call. @param cwd where the agent works, absolute */
export async function judgeCall(
  { call, canAsk }: HookCall,
  cwd: string,
  options: CheckOptions,
  io: Io,
): Promise<Decision> {
  const requests = await requestsOf(call, cwd, io);
  const isNothing = Object.values(requests).every(({ length }) => length === 0);
  if (isNothing) return PASS;
  const { judgeRequests } = await import('./judge-requests.js');
  return await judgeRequests(requests, canAsk, options, io);
}

/** The parser of shell lines is loaded for calls with a line that needs it. */
async function requestsOf(call: ToolCall, cwd: string, io: Io): Promise<Requests> {
  let isSimple = true;
  const simple = ask(call, cwd, io, (line) => {
    const findings = readSimpleLine(line);
    isSimple &&= findings !== null;
    return findings ?? [];
  });
  if (isSimple) return simple;
  const { readShellLine } = await import('../../shell/read-shell-line.js');
  return ask(call, cwd, io, readShellLine);
}

function ask(call: ToolCall, cwd: string, io: Io, readLine: Asking['readLine']): Requests {
  const requests = noRequests();
  const asking: Asking = { cwd, io, requests, readLine, depth: 0 };
  if (call.kind === 'shell') askForLine(call.line, asking);
  else askForEdit(call, cwd, requests, (script, dir) => askForScript(script, { ...asking, cwd: dir }));
  return requests;
}

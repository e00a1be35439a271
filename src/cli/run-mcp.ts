import { GuardError } from '../errors.js';
import { serve } from '../mcp/serve.js';
import { sanitize } from '../report/sanitize.js';
import type { Io } from './io.js';
import type { CommandResult } from './main.js';
import { createMcpGuard } from './mcp-guard.js';
import type { CheckOptions } from './options.js';

/** `mcp`: an MCP server on stdin and stdout, until stdin ends or the process is told to end. */
export async function runMcp(
  operands: readonly string[],
  options: CheckOptions,
  io: Io,
): Promise<CommandResult> {
  if (operands.length > 0 || options.output !== null)
    throw new GuardError(
      'USAGE',
      'mcp takes no operand and no --output: it speaks on stdin and stdout',
      'phantom-guard-install mcp',
    );
  const wire = {
    stdin: io.stdin,
    write: io.stdout.write,
    onError: ({ message }: Error) => io.stderr.write(`phantom-guard-install: mcp: ${sanitize(message)}\n`),
  };
  await serve(createMcpGuard(options, io), wire, io.signal);
  return { text: '', status: 0 };
}

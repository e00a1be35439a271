import { diagnose } from '../doctor/diagnose.js';
import { readFacts } from '../doctor/read-facts.js';
import { renderDiagnosis } from '../doctor/render.js';
import { GuardError } from '../errors.js';
import { readOverrides } from '../overrides/override-log.js';
import { renderOverrides } from '../overrides/render-overrides.js';
import type { Io } from './io.js';
import type { CommandResult } from './main.js';
import type { CheckOptions } from './options.js';
import { TOOL } from './tool.js';

/**
 * `doctor`: which ways to install are guarded here, by what, and what makes a guard inert. In CI it ends with 1 where the
 * main way in is not guarded.
 *
 * @throws GuardError REGISTRY_CONFIG_INVALID
 */
export async function runDoctor(
  operands: readonly string[],
  { format }: CheckOptions,
  io: Io,
): Promise<CommandResult> {
  if (operands.length > 0)
    throw new GuardError('USAGE', 'doctor takes no operand', 'it looks at the current directory');
  const facts = await readFacts(io);
  const diagnosis = diagnose(facts);
  const npm = { version: facts.npm?.version ?? null, path: facts.npm?.path ?? null };
  const overrides = await readOverrides(io);
  const document = { schemaVersion: 1, tool: TOOL, npm, ...diagnosis, overrides };
  const text =
    format === 'json'
      ? `${JSON.stringify(document, null, 2)}\n`
      : `${renderOverrides(overrides)}${renderDiagnosis(facts, diagnosis)}`;
  return { text, status: facts.isCi && diagnosis.status === 'not-guarded' ? 1 : 0 };
}

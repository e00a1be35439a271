import { GuardError } from '../errors.js';
import type { Report } from '../model/report.js';
import { exitStatus, toReportedError } from '../report/build-report.js';
import { sanitize } from '../report/sanitize.js';
import { PLAIN_TEXT, renderText } from '../report/text/render-text.js';

/** Why an install under way has to end, for a person. */
export type Refusal = { readonly message: string; readonly hint: string };

/** What is refused is in no lockfile yet, or `pnpm remove` would be refused too: the hint says how to take it out. */
const FOR_PNPM = { ...PLAIN_TEXT, manager: 'pnpm', inProject: false } as const;

/** `null` where the report allows everything. */
export function refusalOf(report: Report): Refusal | null {
  const status = exitStatus(report);
  if (status === 0) return null;
  const why = status === 1 ? 'this install was refused' : 'nobody could decide on this install';
  return {
    message: `phantom-guard-install: ${why}\n\n${renderText(report, FOR_PNPM)}`,
    hint:
      status === 1
        ? 'phantom-guard-install explain NAME shows the facts; accept NAME --reason TEXT makes an exception; pnpm remove NAME --ignore-pnpmfile takes it out of a lockfile that has it.'
        : 'Run it again when the registry can be reached. What was answered by now is remembered.',
  };
}

/** What stopped the guard itself stops the install. */
export function refusalFor(thrown: unknown): Refusal {
  const { code, message, hint } = toReportedError(thrown);
  const trace = thrown instanceof GuardError || !(thrown instanceof Error) ? '' : `\n${thrown.stack}`;
  return {
    message: `phantom-guard-install: ${sanitize(message)} (${code})${trace}`,
    hint: sanitize(hint),
  };
}

/** What is to be said of a report that allows everything; empty for nothing. */
export function remarkOn(report: Report): string {
  const { summary, exceptions } = report;
  return summary.suspicious > 0 || exceptions.length > 0 ? renderText(report, FOR_PNPM) : '';
}

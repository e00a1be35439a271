import type { Manager } from '../support/managers.js';
import type { Guard } from './guards.js';
import type { Result } from './run-matrix.js';
import type { Scenario } from './world.js';

/** What the recorded block of docs/enforcement.md says of itself. */
export type Recorded = { readonly commit: string; readonly guards: readonly string[] };

const BLOCK = /<!-- matrix commit=(\S*) guards=(\S*) -->\n[\s\S]*<!-- \/matrix -->/;

/** One table per guard: a row per scenario, a column per version. */
export function renderTables(results: readonly Result[], date: string): string {
  const guards = unique(results.map(({ guard }) => guard));
  const managers = unique(results.map(({ manager }) => manager));
  const on = managers.map(({ version, nodeVersion }) => `npm ${version} on Node ${nodeVersion}`).join(', ');
  return [`Recorded ${date}: ${on}.`, ...guards.map((guard) => table(guard, managers, results))].join('\n\n');
}

/** @throws Error when the document has no such block */
export function replaceRecorded(document: string, { commit, guards }: Recorded, text: string): string {
  if (!BLOCK.test(document)) throw new Error('no <!-- matrix … --> block');
  return document.replace(
    BLOCK,
    () => `<!-- matrix commit=${commit} guards=${guards.join(',')} -->\n\n${text}\n\n<!-- /matrix -->`,
  );
}

/** @throws Error when the document has no such block */
export function readRecorded(document: string): Recorded {
  const found = BLOCK.exec(document);
  if (found === null) throw new Error('no <!-- matrix … --> block');
  return { commit: found[1] ?? '', guards: (found[2] ?? '').split(',').filter(Boolean) };
}

function table(guard: Guard, managers: readonly Manager[], results: readonly Result[]): string {
  const own = results.filter((result) => result.guard === guard);
  const scenarios: Scenario[] = unique(own.map(({ scenario }) => scenario));
  const rows = scenarios.map((scenario) => {
    const cells = managers.map(
      (manager) => own.find((one) => one.scenario === scenario && one.manager === manager)?.text ?? '–',
    );
    return `| ${[scenario.title, ...cells].join(' | ')} |`;
  });
  const head = ['', ...managers.map(({ major }) => `npm ${major}`)];
  return [
    `### ${guard.title}`,
    '',
    `| ${head.join(' | ')} |`,
    `|${'---|'.repeat(head.length)}`,
    ...rows,
  ].join('\n');
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

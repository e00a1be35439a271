import type { Manager } from '../support/managers.js';
import type { Guard } from './guards.js';
import type { Result } from './run-matrix.js';
import type { Scenario } from './world.js';

/** Guard to the commit on which its table in docs/enforcement.md was made. */
export type Recorded = Readonly<Record<string, string>>;

const BLOCK = /<!-- matrix guard=(\S+) commit=(\S*) -->\n[\s\S]*?<!-- \/matrix -->/g;

/** The guard's table: a row per scenario, a column per version. */
export function renderTable(guard: Guard, results: readonly Result[], date: string): string {
  const managers = unique(results.map(({ manager }) => manager));
  const on = managers.map(({ version, nodeVersion }) => `npm ${version} on Node ${nodeVersion}`).join(', ');
  return `${table(guard, managers, results)}\n\nRecorded ${date}: ${on}.`;
}

/** @throws Error when the document has no block for that guard */
export function replaceRecorded(document: string, guard: string, commit: string, text: string): string {
  if (readRecorded(document)[guard] === undefined)
    throw new Error(`no <!-- matrix guard=${guard} … --> block`);
  return document.replace(BLOCK, (block: string, id: string) =>
    id === guard ? `<!-- matrix guard=${guard} commit=${commit} -->\n\n${text}\n\n<!-- /matrix -->` : block,
  );
}

export function readRecorded(document: string): Recorded {
  return Object.fromEntries([...document.matchAll(BLOCK)].map(([, guard, commit]) => [guard, commit]));
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

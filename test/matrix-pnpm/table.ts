import type { Guard } from './guards.js';
import type { Result } from './run-matrix.js';

/** The guard's table: a row per scenario, a column per version. */
export function renderTable(guard: Guard, results: readonly Result[], date: string): string {
  const managers = [...new Set(results.map(({ manager }) => manager))];
  const on = managers.map(({ version, nodeVersion }) => `pnpm ${version} on Node ${nodeVersion}`).join(', ');
  const rows = [...new Set(results.map(({ scenario }) => scenario))].map((scenario) => {
    const cells = managers.map((manager) =>
      cellOf(results.find((one) => one.scenario === scenario && one.manager === manager)),
    );
    return `| ${[scenario.title, ...cells].join(' | ')} |`;
  });
  const head = ['', ...managers.map(({ version }) => `pnpm ${version}`)];
  const top = [`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`];
  return [`### ${guard.title}`, '', ...top, ...rows, '', `Recorded ${date}: ${on}.`].join('\n');
}

/** The worst that was ever seen there. */
function cellOf(result: Result | undefined): string {
  return result?.expected ?? result?.text ?? '–';
}

import type { Result } from './run-matrix.js';

/** One table per guard: a row per scenario, a column per version. */
export function renderTables(results: readonly Result[], date: string): string {
  const guards = [...new Set(results.map(({ guard }) => guard))];
  const managers = [...new Set(results.map(({ manager }) => manager))];
  const on = managers.map(({ version, nodeVersion }) => `pnpm ${version} on Node ${nodeVersion}`).join(', ');
  const tables = guards.map((guard) => {
    const own = results.filter((result) => result.guard === guard);
    const rows = [...new Set(own.map(({ scenario }) => scenario))].map((scenario) => {
      const cells = managers.map((manager) =>
        cellOf(own.find((one) => one.scenario === scenario && one.manager === manager)),
      );
      return `| ${[scenario.title, ...cells].join(' | ')} |`;
    });
    const head = ['', ...managers.map(({ version }) => `pnpm ${version}`)];
    const top = [`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`];
    return [`### ${guard.title}`, '', ...top, ...rows].join('\n');
  });
  return [`Recorded ${date}: ${on}.`, ...tables].join('\n\n');
}

/** The worst that was ever seen there. */
function cellOf(result: Result | undefined): string {
  return result?.expected ?? result?.text ?? '–';
}

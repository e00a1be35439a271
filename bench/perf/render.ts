import { renderTable } from '../accuracy/table.js';
import type { Change } from './baseline.js';
import type { Budgets, Judged, Standing } from './budgets.js';
import type { StageResult, Unit } from './stage.js';

const STANDINGS: Readonly<Record<Standing, string>> = {
  kept: 'kept',
  'goal-missed': 'goal missed',
  breached: '**BREACHED**',
  unmeasured: 'not measured',
};

/** Three significant digits, without an exponent. */
export function figure(value: number): string {
  if (value === 0 || Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
}

export function quantity(value: number, unit: Unit): string {
  if (unit === 'exponent') return `n^${figure(value)}`;
  return unit === '×' ? `${figure(value)} ×` : `${figure(value)} ${unit}`;
}

/** Every distribution, one line each. */
export function renderResults(results: readonly StageResult[]): string {
  const rows = results.flatMap(({ id, measurements }) =>
    Object.values(measurements).map(({ what, unit, isFloor, distribution: d }) => [
      id,
      isFloor ? `(floor) ${what}` : what,
      unit,
      String(d.count),
      ...[d.min, d.mean, d.p50, d.p90, d.p99, d.max].map(figure),
    ]),
  );
  return renderTable(['id', 'what', 'unit', 'n', 'min', 'mean', 'P50', 'P90', 'P99', 'max'], rows);
}

export function renderBudgets(judged: readonly Judged[], { rows }: Budgets): string {
  const operations = new Map(rows.map(({ id, operation }) => [id, operation]));
  return renderTable(
    ['id', 'operation', 'figure', 'value', 'budget', 'goal', 'status'],
    judged.map(({ id, limit, value, budget, standing }) => [
      id,
      operations.get(id) ?? '',
      `${limit.measure} ${limit.statistic.toUpperCase()}`,
      value === null ? '–' : quantity(value, limit.unit),
      budget === null ? '–' : quantity(budget, limit.unit),
      limit.goal === null ? '–' : quantity(limit.goal, limit.unit),
      STANDINGS[standing],
    ]),
  );
}

export function renderChanges(changes: readonly Change[]): string {
  return renderTable(
    ['id', 'measure', 'before', 'now', 'factor', ''],
    changes.map(({ id, measure, unit, before, after, factor, verdict }) => [
      id,
      measure,
      quantity(before, unit),
      quantity(after, unit),
      factor.toFixed(2),
      verdict === 'same' ? '' : verdict === 'alert' ? '**ALERT**' : verdict,
    ]),
  );
}

export function renderSkipped(results: readonly StageResult[]): string {
  return results
    .flatMap(({ id, skipped }) => (skipped === null ? [] : [`${id} skipped: ${skipped}`]))
    .join('\n');
}

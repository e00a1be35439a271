import type { Measured, Share } from './measured.js';
import { type Roc, rocOf, shareFrom } from './roc.js';
import type { Bound } from './scenario.js';
import { percent, renderTable } from './table.js';

/** From so many packages on, a tenth of a percent is a coarse measure. */
const MANY = 2_000;
/** The scores from which the policy warns and blocks. */
const THRESHOLDS = [0.3, 0.6];

/** The table of scenarios: bound ones first, in the order in which they come. */
export function renderScenarios(measured: readonly Measured[]): string {
  return renderTable(
    ['scenario', 'what', 'n', 'blocked (95% CI)', 'warned or blocked (95% CI)', 'required', 'result'],
    measured.map((row) => [
      row.scenario.id,
      row.scenario.what,
      `${row.n}${row.undecided > 0 ? ` (${row.undecided} undecided)` : ''}`,
      renderShare(row.blocked, row.n),
      renderShare(row.warned, row.n),
      row.scenario.bounds.map(renderBound).join(', ') || 'reported',
      resultOf(row),
    ]),
  );
}

export function renderBound({ figure, is, share }: Bound): string {
  return `${figure} ${is === 'at least' ? '≥' : '≤'} ${+(share * 100).toFixed(2)}%`;
}

/** The scores of both sides; the top list makes up most of the negatives, so there is a second curve without it. */
export function rocsOf(measured: readonly Measured[]): { readonly all: Roc; readonly asked: Roc } {
  const side = (roc: 'positive' | 'negative') => measured.filter(({ scenario }) => scenario.roc === roc);
  const scores = (rows: readonly Measured[]) =>
    rows.flatMap(({ outcomes }) => outcomes.map(({ score }) => score));
  const positives = scores(side('positive'));
  const asked = side('negative').filter(({ scenario }) => !scenario.setting.offline);
  return { all: rocOf(positives, scores(side('negative'))), asked: rocOf(positives, scores(asked)) };
}

export function renderRoc(measured: readonly Measured[]): string {
  const { all, asked } = rocsOf(measured);
  if (all.positives === 0 || all.negatives === 0) return 'No ROC: it needs scenarios of both sides.';
  const curve = renderTable(
    ['threshold', 'TPR', 'FPR', 'FPR without the top list'],
    all.points.map(({ threshold, tpr, fpr }, index) => [
      `${threshold.toFixed(2)}${THRESHOLDS.includes(threshold) ? ' *' : ''}`,
      percent(tpr),
      percent(fpr, 2),
      percent(asked.points[index]?.fpr ?? 0),
    ]),
  );
  const rows = measured.filter(({ scenario }) => scenario.roc !== null);
  const parts = renderTable(
    ['scenario', 'side', ...THRESHOLDS.map((threshold) => `score ≥ ${threshold.toFixed(2)}`), 'median score'],
    rows.map(({ scenario, n, outcomes }) => {
      const scores = outcomes.map(({ score }) => score).sort((a, b) => a - b);
      const shares = THRESHOLDS.map((threshold) => percent(shareFrom(scores, threshold), digitsFor(n)));
      const median = scores[scores.length >> 1] ?? 0;
      return [scenario.id, scenario.roc ?? '', ...shares, median.toFixed(2)];
    }),
  );
  return [
    `${all.positives} positives, ${all.negatives} negatives (${asked.negatives} without the top list). AUC ${all.auc.toFixed(4)}, without the top list ${asked.auc.toFixed(4)}.`,
    curve,
    '\\* a threshold of the policy. By scenario:',
    parts,
  ].join('\n\n');
}

function resultOf({ scenario, missed, undecided }: Measured): string {
  if (missed.length > 0) return `MISSED ${missed.map(({ figure }) => figure).join(', ')}`;
  if (scenario.bounds.length === 0) return '';
  return undecided > 0 ? 'undecided' : 'ok';
}

function renderShare({ share, interval: [least, most] }: Share, n: number): string {
  const digits = digitsFor(n);
  return `${percent(share, digits)} (${(least * 100).toFixed(digits)}–${(most * 100).toFixed(digits)})`;
}

function digitsFor(n: number): number {
  return n >= MANY ? 2 : 1;
}

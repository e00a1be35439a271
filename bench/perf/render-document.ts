import { renderTable } from '../accuracy/table.js';
import { ADVICE } from './advice.js';
import type { Budgets, Judged } from './budgets.js';
import type { Environment } from './environment.js';
import { figure, quantity, renderBudgets } from './render.js';
import type { RunFile } from './run-file.js';
import { isRate, type StageResult } from './stage.js';

/** docs/performance/BASELINE_MEASUREMENTS.md: what one run of the suite found, and what follows from it. */
export function renderDocument(
  { environment, stages }: RunFile,
  judged: readonly Judged[],
  budgets: Budgets,
): string {
  return `# Baseline measurements

Written by \`npm run bench:record\`; changes by hand are lost with the next. bench/budgets.json has the budgets (hard) and the
goals, bench/stages what each row measures, [PROFILING_GUIDE.md](PROFILING_GUIDE.md) how to find out why.
\`npm run bench -- --baseline bench/baseline.json\` compares with this run.

## Environment

${renderEnvironment(environment, stages)}

## Budgets and goals

${renderBudgets(judged, budgets)}

${renderStandings(judged)}

## Time

A ratio is the median of rounds that ran in turn with \`node -e 0\` or with undici alone; what is marked as a floor is what
others are compared with.

${renderRows(stages, ['ms', '×', 'times as fast', 'exponent', 'cores', 'names/s'])}

## Memory

MB and KB are powers of ten. *Resident* is what the system counts (VmHWM for whole processes), *heap and buffers* what V8
counts after a collection.

${renderRows(stages, ['MB', 'KB', 'KB a batch'])}

## Recommendations

${renderAdvice(judged)}
${renderLeftOut(stages)}`;
}

function renderEnvironment(environment: Environment, stages: readonly StageResult[]): string {
  const { date, commit, isChanged, node, system, cpu, cores, memoryGb } = environment;
  const starts = stages.map(({ bareStartMs }) => bareStartMs);
  return [
    `- ${date}, commit ${commit}${isChanged ? ' with changes that are not committed' : ''}`,
    `- Node ${node}, ${system}, ${cpu}, ${cores} cores, ${memoryGb} GB`,
    `- \`node -e 0\` beside the stages: ${figure(Math.min(...starts))} to ${figure(Math.max(...starts))} ms; a wide range is a busy machine`,
  ].join('\n');
}

function renderRows(stages: readonly StageResult[], units: readonly string[]): string {
  const rows = stages.flatMap(({ id, measurements }) =>
    Object.values(measurements)
      .filter(({ unit }) => units.includes(unit))
      .map(({ what, unit, isFloor, distribution: d }) => [
        id,
        isFloor ? `(floor) ${what}` : what,
        unit,
        String(d.count),
        ...[d.min, d.mean, d.p50, d.p99, d.max].map(figure),
      ]),
  );
  return renderTable(['id', 'what', 'unit', 'n', 'min', 'mean', 'P50', 'P99', 'max'], rows);
}

function renderStandings(judged: readonly Judged[]): string {
  const count = (which: Judged['standing']): number =>
    judged.filter(({ standing }) => standing === which).length;
  return `Kept ${count('kept')}, goal missed ${count('goal-missed')}, breached ${count('breached')}, not measured ${count('unmeasured')}.`;
}

/** Breaches first, then goals by how far they are missed. */
function renderAdvice(judged: readonly Judged[]): string {
  const advised = new Set<string>();
  const adviceOn = (id: string): string => {
    const isNew = !advised.has(id);
    advised.add(id);
    return isNew ? (ADVICE[id] ?? '') : '';
  };
  const lines = judged
    .flatMap((one) => {
      const { limit, value, budget, standing } = one;
      const target = standing === 'breached' ? budget : limit.goal;
      if (value === null || target === null || (standing !== 'breached' && standing !== 'goal-missed'))
        return [];
      const factor = isRate(limit.unit) ? target / value : value / target;
      return [{ one, target, factor, isBreach: standing === 'breached' }];
    })
    .toSorted((a, b) => Number(b.isBreach) - Number(a.isBreach) || b.factor - a.factor)
    .map(({ one: { id, limit, value }, target, factor, isBreach }) => {
      const what = `${id} ${limit.measure} ${limit.statistic.toUpperCase()}`;
      const found = `${quantity(value ?? 0, limit.unit)} for ${isBreach ? 'a budget' : 'a goal'} of ${quantity(target, limit.unit)}`;
      return `- ${isBreach ? '**Breached:** ' : ''}${what}: ${found} (${factor.toFixed(1)} times). ${adviceOn(id)}`.trim();
    });
  return lines.length === 0 ? 'None: every budget is kept and every goal reached.' : lines.join('\n');
}

function renderLeftOut(stages: readonly StageResult[]): string {
  const lines = stages.flatMap(({ id, skipped }) => (skipped === null ? [] : [`- ${id}: ${skipped}`]));
  return lines.length === 0 ? '' : `\n## Not measured\n\n${lines.join('\n')}\n`;
}

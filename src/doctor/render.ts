import { sanitize } from '../report/sanitize.js';
import type { WayState } from './decide-ways.js';
import type { Diagnosis } from './diagnose.js';
import type { Facts } from './facts.js';
import type { Finding } from './finding.js';

/** A table of the ways in, and what is wrong with what guards them. */
export function renderDiagnosis(
  { npm, project }: Pick<Facts, 'npm' | 'project'>,
  diagnosis: Diagnosis,
): string {
  const { ways, findings, calledIn, unstoppable } = diagnosis;
  return [
    `npm ${npm?.version ?? 'unknown'} ${npm === null ? '' : `(${sanitize(npm.path)}) `}in ${sanitize(project)}`,
    '',
    ...table(ways),
    '',
    ...(calledIn.length === 0
      ? []
      : [`phantom-guard-install is called in ${calledIn.map(sanitize).join(', ')}`, '']),
    ...(findings.length === 0
      ? ['Nothing found that makes a guard inert.', '']
      : findings.flatMap(paragraph)),
    'Nothing in a project blocks these; the wrapper and the shims do, where they are the way in:',
    ...unstoppable.map((line) => `  ${line}`),
    '',
    ending(diagnosis),
    '',
  ].join('\n');
}

function table(ways: readonly WayState[]): readonly string[] {
  const rows = [
    ['way in', 'guarded', 'by', 'level', ''],
    ...ways.map(({ way, guarded, by, level, why }) => [way, guarded ? 'yes' : 'NO', by ?? '-', level, why]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function paragraph({ code, message, fix, file, informational }: Finding): readonly string[] {
  const where = file === undefined ? '' : ` (${sanitize(file)})`;
  return [
    `${code}${where}${informational ? ': information' : ''}`,
    `  ${sanitize(message)}`,
    `  fix: ${sanitize(fix)}`,
    '',
  ];
}

function ending({ status, mainWay, calledIn, ways }: Diagnosis): string {
  if (status === 'not-guarded')
    return `"${mainWay}" is not guarded here. "phantom-guard-install init" wires a project, "init --global" this user.`;
  const by = ways.find(({ way, guarded }) => way === mainWay && guarded);
  return by === undefined
    ? `"${mainWay}" is guarded where it is called as in ${calledIn.join(', ')}.`
    : `"${mainWay}" is guarded.`;
}

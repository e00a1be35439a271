import type { Report, ReportedPackage } from '../../model/report.js';
import { describeInBrief, labelOf } from '../brief.js';
import { type Locations, type Place, placesOf } from '../location.js';
import { sanitize } from '../sanitize.js';
import { worstFirst } from '../worst-first.js';
import { type CommandName, workflowCommand } from './workflow-command.js';

/** GitHub shows so many annotations of each kind for a step, and drops the others. */
const MOST_OF_A_KIND = 10;
const LABEL = { block: 'blocked', warn: 'suspicious' } as const;
const KIND = { block: 'error', warn: 'warning' } as const;

/** Workflow commands that annotate the lines where packages are asked for: the worst of each kind, and how many are missing. */
export function renderAnnotations(report: Report, locations: Locations): string {
  const { error, packages } = report;
  const sorted = packages.toSorted(worstFirst);
  const failure =
    error === null
      ? []
      : [
          workflowCommand(
            'error',
            { title: error.code },
            `${sanitize(error.message)}\n${sanitize(error.hint)}`,
          ),
        ];
  const room = MOST_OF_A_KIND - failure.length;
  const lines = [
    ...failure,
    ...annotationsOf('block', sorted, locations, room),
    ...annotationsOf('warn', sorted, locations, MOST_OF_A_KIND),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function annotationsOf(
  action: 'block' | 'warn',
  sorted: readonly ReportedPackage[],
  locations: Locations,
  room: number,
): readonly string[] {
  const places = sorted
    .filter((reported) => reported.action === action)
    .flatMap((reported) => placesOf(reported, locations).map((place) => ({ reported, place })));
  const shown = places.slice(0, room);
  const cut = places.length - shown.length;
  return [
    ...shown.map(({ reported, place }) => annotation(KIND[action], LABEL[action], reported, place)),
    ...(cut === 0
      ? []
      : [workflowCommand('notice', {}, `${cut} more ${LABEL[action]}: the summary of the job lists them`)]),
  ];
}

function annotation(
  command: CommandName,
  label: string,
  reported: ReportedPackage,
  at: Place | null,
): string {
  const place = at === null ? {} : properties(at);
  const title = `${reported.risk === 'unknown' ? 'no verdict' : label}: ${labelOf(reported)}`;
  return workflowCommand(command, { ...place, title }, describeInBrief(reported).slice(1).join('\n'));
}

function properties({ file, line, column }: Place): Readonly<Record<string, string>> {
  return { file: sanitize(file), line: String(line), ...(column === null ? {} : { col: String(column) }) };
}

import type { Invocation, Log, Notification, Result } from 'sarif';
import type { Report, ReportedPackage } from '../../model/report.js';
import { describeInBrief, labelOf } from '../brief.js';
import { type Locations, type Place, placesOf } from '../location.js';
import { PROJECT_PAGE } from '../pages.js';
import { printJson } from '../print-json.js';
import { sanitize } from '../sanitize.js';
import { worstFirst } from '../worst-first.js';
import { RULES, ruleFor } from './rules.js';

const LEVEL = { block: 'error', warn: 'warning', allow: 'note' } as const;

/**
 * The report as a SARIF 2.1.0 log with one run and a result for each place of each package that is not safe. What could not be decided is
 * a notification, and makes the invocation an unsuccessful one.
 */
export function renderSarif(report: Report, locations: Locations): string {
  const { tool, packages } = report;
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            version: tool.version,
            semanticVersion: tool.version,
            informationUri: PROJECT_PAGE,
            rules: [...RULES],
          },
        },
        invocations: [invocation(report)],
        results: packages
          .filter(({ risk }) => risk !== 'safe')
          .toSorted(worstFirst)
          .flatMap((reported) => placesOf(reported, locations).map((place) => result(reported, place))),
        columnKind: 'utf16CodeUnits',
      },
    ],
  };
  return printJson(log);
}

function result(reported: ReportedPackage, place: Place | null): Result {
  const { name, version, risk, score, action, requestedBy, signals } = reported;
  return {
    ...ruleFor(reported),
    level: LEVEL[action],
    message: { text: escapeMessage(describeInBrief(reported).join('. ')) },
    locations: [
      {
        ...(place === null ? {} : { physicalLocation: physical(place) }),
        logicalLocations: [
          {
            name: labelOf(reported),
            fullyQualifiedName: (requestedBy[0] ?? [labelOf(reported)]).map(sanitize).join(' > '),
            kind: 'package',
          },
        ],
      },
    ],
    partialFingerprints: { 'package/v1': version === null ? name : `${name}@${version}` },
    properties: { risk, score, action, signals: signals.map(({ code }) => code) },
  };
}

function physical({ file, line, column }: Place) {
  return {
    artifactLocation: {
      uri: file.split('/').map(encodeURIComponent).join('/'),
      uriBaseId: '%SRCROOT%',
    },
    region: { startLine: line, ...(column === null ? {} : { startColumn: column }) },
  };
}

function invocation({ error, status, notices, unchecked }: Report): Invocation {
  const notifications: Notification[] = [
    ...(error === null
      ? []
      : [note('error', `${error.message}. ${error.hint}`, { descriptor: { id: error.code } })]),
    ...notices.map((notice) => note('note', notice)),
    ...unchecked.map(({ id, reason }) => note('note', `not checked: ${id}: ${reason}`)),
  ];
  return {
    executionSuccessful: error === null && status !== 'undecided',
    ...(notifications.length === 0 ? {} : { toolExecutionNotifications: notifications }),
  };
}

function note(
  level: Notification.level,
  text: string,
  more: Pick<Notification, 'descriptor'> = {},
): Notification {
  return { level, message: { text: escapeMessage(sanitize(text)) }, ...more };
}

/** Plain text as a message string: braces would be placeholders, and brackets links (SARIF 2.1.0, 3.11.5 and 3.11.6). */
function escapeMessage(text: string): string {
  return text.replace(/[\\[\]]/g, '\\$&').replace(/[{}]/g, '$&$&');
}

import type { NewException } from '../config/check-exception.js';
import type { ExceptionChange } from '../config/write-exception.js';
import { GuardError } from '../errors.js';
import { withoutSecrets } from '../model/secrets.js';
import type { Verdict } from '../model/verdict.js';
import { sanitize } from '../report/sanitize.js';
import { parseSpecs } from '../specs/parse-specs.js';
import { findInProject } from './find-in-project.js';
import type { Io } from './io.js';
import { judgeAndReport } from './judge-and-report.js';
import type { CommandResult } from './main.js';
import type { CheckOptions } from './options.js';
import { letPersonDecide } from './person.js';
import { TOOL } from './tool.js';

type Accepted = ExceptionChange & { readonly exception: NewException };

/**
 * `accept SPEC --reason TEXT`: judges the package as this project has it (else as a direct dependency), and writes the
 * signals that fired into an exception for just that version, and these bytes where the lockfile pins them.
 */
export async function runAccept(
  operands: readonly string[],
  options: CheckOptions,
  io: Io,
): Promise<CommandResult> {
  const [spec, ...rest] = operands;
  const reason = options.reason?.trim() ?? '';
  if (spec === undefined || rest.length > 0 || reason === '') throw wrongUsage();
  const asked = parseSpecs([spec], io.cwd);
  const { tree, only } = await findInProject(asked, io);
  const { verdicts } = await judgeAndReport(tree, options, io, { askAlways: true, only });
  const exceptions = exceptionsFor(verdicts, { ...options, reason }, io);
  if (exceptions.length > 0 && !(await isDecided(exceptions, reason, options, io)))
    return { text: 'Nothing was written.\n', status: 2 };
  const accepted: Accepted[] = [];
  const { addException } = await import('../config/write-exception.js');
  for (const exception of exceptions) {
    const change = await addException({
      projectDir: io.cwd,
      env: io.env,
      home: io.home,
      platform: io.platform,
      target: options.global ? 'user' : 'project',
      exception,
      nowMs: io.nowMs(),
    });
    accepted.push({ ...change, exception });
  }
  const isCovered = verdicts.some(({ exceptions: applied }) => applied.length > 0);
  return { text: render(spec, accepted, isCovered, options), status: 0 };
}

/** A coding agent can't wave itself through: it gets the entry that a person may put into the configuration. */
async function isDecided(
  exceptions: readonly NewException[],
  reason: string,
  { global }: CheckOptions,
  io: Io,
): Promise<boolean> {
  const names = exceptions.map(({ name, version }) => `${name}@${version}`);
  const entries = JSON.stringify(
    exceptions.map(({ name, version, signals }) => ({ name, version, signals, reason })),
  );
  const file = global ? 'the user’s configuration' : 'phantom-guard.config.json';
  const instead = `Ask a person to review it, and to put this into "exceptions" of ${file}: ${entries}`;
  const question = `Accept ${names.map(sanitize).join(', ')} despite ${[...new Set(exceptions.flatMap(({ signals }) => signals))].join(', ')}?`;
  return await letPersonDecide({ command: 'accept', names, reason, instead }, question, io);
}

/** One for each version that has something against it. */
function exceptionsFor(
  verdicts: readonly Verdict[],
  { reason, expires }: { readonly reason: string; readonly expires: string | null },
  { env }: Io,
): readonly NewException[] {
  const exceptions = new Map<string, NewException>();
  for (const { subject, risk, signals } of verdicts) {
    const { entry } = subject;
    if (risk === 'unknown') throw notJudged(entry.name);
    const name = entry.registryName;
    const raising = signals.filter(({ weight }) => weight > 0).map(({ code }) => code);
    if (risk === 'safe' || raising.length === 0 || name === null) continue;
    const version = versionOf(subject);
    const known = exceptions.get(version);
    exceptions.set(version, {
      name,
      version,
      signals: [...new Set([...(known?.signals ?? []), ...raising])],
      integrity: entry.integrity,
      reason,
      author: env['GIT_AUTHOR_NAME'] ?? env['USER'] ?? env['USERNAME'] ?? null,
      expires,
    });
  }
  return [...exceptions.values()];
}

function versionOf({ entry, knowledge }: Verdict['subject']): string {
  const latest = knowledge.answer?.kind === 'found' ? knowledge.answer.facts.latestVersion : null;
  const version = entry.version ?? latest;
  if (version !== null) return version;
  throw new GuardError(
    'USAGE',
    `nobody says which version of ${entry.name} is meant`,
    `name it: phantom-guard-install accept ${entry.name}@1.2.3 --reason "…"`,
  );
}

function render(
  spec: string,
  accepted: readonly Accepted[],
  isCovered: boolean,
  { format }: CheckOptions,
): string {
  if (format === 'json') return `${JSON.stringify({ schemaVersion: 1, tool: TOOL, accepted }, null, 2)}\n`;
  if (accepted.length === 0)
    return isCovered
      ? `${sanitize(withoutSecrets(spec))} is accepted already: an exception covers what stands against it.\n`
      : `Nothing stands against ${sanitize(withoutSecrets(spec))}: there is nothing to accept.\n`;
  const lines = accepted.map(
    ({ path, change, exception: { name, version, signals, integrity } }) =>
      `${change}: ${sanitize(name)}@${sanitize(version)} despite ${signals.join(', ')}, in ${sanitize(path)}${integrity === null ? '; its bytes are not pinned: no lockfile states them' : ''}`,
  );
  return `${lines.join('\n')}\n`;
}

function notJudged(name: string): GuardError {
  return new GuardError(
    'REGISTRY_UNAVAILABLE',
    `${name} could not be judged, so nobody knows what would be accepted`,
    'run it again when the registry can be reached',
  );
}

function wrongUsage(): GuardError {
  return new GuardError(
    'USAGE',
    'accept takes one spec and a reason',
    'phantom-guard-install accept left-pad@1.3.0 --reason "read its source" [--expires 2027-06-30]',
  );
}

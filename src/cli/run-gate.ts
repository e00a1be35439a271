import { GuardError } from '../errors.js';
import { type GateVerdict, openGateState, type ScriptKind } from '../gate/gate-state.js';
import { type NpmProcess, wordsOf } from '../gate/npm-process.js';
import { strangerPrepared } from '../gate/prepared-git.js';
import { stopNpm } from '../gate/stop-npm.js';
import { takeTurn } from '../gate/take-turn.js';
import { readScriptTree } from '../gate/trees-under.js';
import { exitStatus } from '../report/build-report.js';
import { sanitize } from '../report/sanitize.js';
import type { Io } from './io.js';
import { judgeAndReport } from './judge-and-report.js';
import type { CommandResult } from './main.js';
import type { CheckOptions } from './options.js';
import { renderReport } from './write-result.js';

const REFUSED = 'phantom-guard-install: this install was refused; no script of it runs\n';
const LATE = 'phantom-guard-install: no verdict in time; no script of this install runs\n';

/**
 * `internal-gate KIND ROOT PID STARTED BOOT DIRECTORY`: what hooks/script-shell runs before the first script of an install.
 * Judges what npm has unpacked below ROOT, once for each npm process; anything but *allowed* is remembered as refused.
 */
export async function runGate(
  operands: readonly string[],
  options: CheckOptions,
  io: Io,
): Promise<CommandResult> {
  const [word, root = '', pid = '', started = '-', boot = '-', directory = ''] = operands;
  if (!root.startsWith('/') || !directory.startsWith('/') || !/^\d+$/.test(pid)) {
    throw new GuardError('USAGE', 'internal-gate is run by hooks/script-shell', 'see hooks/README.md');
  }
  const kind: ScriptKind = word === 'project' ? 'project' : 'dependency';
  const npm: NpmProcess = { pid: Number(pid), started, boot };
  const state = openGateState(directory, npm);
  const deadline = AbortSignal.any([io.signal, AbortSignal.timeout(options.timeoutMs + 10_000)]);
  const turn = state === null ? 'judge' : await takeTurn(state, root, kind, deadline);
  if (turn === 'late') return { text: LATE, status: 2 };
  if (turn === 'refused') return { text: `${state?.why() ?? ''}${REFUSED}`, status: 1 };
  if (turn !== 'judge') return { text: '', status: 0 };
  let verdict: GateVerdict = 'refused';
  let text = '';
  let roots: readonly string[] = [];
  try {
    const stranger = await strangerPrepared(io.env, npm);
    if (stranger !== null) {
      text = refusedGit(stranger);
      return { text, status: 1 };
    }
    const found = await readScriptTree(root, wordsOf(npm.pid));
    const { report } = await judgeAndReport(found.tree, { ...options, quiet: true }, io);
    const status = exitStatus(report);
    roots = found.roots;
    if (status === 0) verdict = kind === 'project' ? 'allowed-project' : 'allowed';
    text = await renderReport(report, { ...options, quiet: true }, io, root);
    if (status !== 0 && isOptional(io)) stopNpm(npm, text);
    return { text, status };
  } finally {
    state?.record(verdict, [...new Set([root, ...roots])], text);
    state?.unlock();
  }
}

function refusedGit(url: string): string {
  return (
    `BLOCKED  ${sanitize(url)}\n    comes from a git repository that the project itself does not ask for, and npm runs ` +
    'its scripts before it unpacks anything\n'
  );
}

/** npm says it of the package whose script this is; a package.json can't. */
function isOptional({ env }: Io): boolean {
  return env['npm_package_optional'] === '1' || env['npm_package_dev_optional'] === '1';
}

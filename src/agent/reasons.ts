import type { ReportedPackage } from '../model/report.js';
import { sanitize } from '../report/sanitize.js';
import { signalTexts } from '../report/signal-texts.js';
import { replaceCommand } from '../report/text/commands.js';

/** How the agent asked for a package, so that it is told the right one in the same words. */
export type AskedBy = {
  readonly manager: string;
  readonly how: 'install' | 'run';
  /** A project asks for it already. */
  readonly inProject?: boolean;
};

const HEAD = 'phantom-guard-install stopped this before it ran.';
/** Names are invented one after the other otherwise. */
const NO_GUESS =
  'Do not try another guessed name: find out which package is meant, or do without one. If exactly this one is needed, say so and let a person review it.';

/** What keeps a line from being judged, and how to write it so that it can be. */
export const UNCLEAR_REASONS = {
  syntax:
    'The line calls a package manager and can’t be parsed as shell. Write the install as one plain command.',
  name: 'The name of a package comes from a variable, a file or another command, so it can’t be judged. Write the names out in the command itself.',
  registry:
    'The command names a registry of its own, which is not asked on its word. Put the registry into .npmrc, for its scope, and leave the option out.',
  command:
    'Which program runs here can’t be told from the line, and it is given the words of an install. Write the package manager and the names out.',
  project:
    'The line installs a project that it makes or changes itself, or in a folder that can’t be told. Run the other steps first, then the install as a command of its own.',
  code: 'Code of another language calls a package manager, and what it installs can’t be told. Run the install as a plain shell command.',
  'hidden-text':
    'Decoded or rewritten text is run as commands, so what they do can’t be told. Write the commands out.',
  'too-complex':
    'The line is too long or too deep to be judged. Split it, and write installs as commands of their own.',
} as const;

/** What would switch the guard off or let something past it. */
export const OVERRIDE_REASONS = {
  accept:
    'An exception from the guard is for a person to make, after a review. Say which package is needed and why.',
  undo: 'Taking the guard out is for a person to decide.',
  configuration:
    'The configuration of the guard is for a person to change. Say which entry is needed and why.',
  variable: 'Variables of the guard are not for an agent to set.',
  files: 'These files belong to the guard, and are for a person to change.',
  'agent-settings':
    'The change takes the guard’s hook out of an agent’s settings, or switches hooks off. That is for a person to decide.',
  'past-shim':
    'The package manager is called past the guard’s shims. Call it by its name alone: npm, npx, pnpm or pnpx.',
} as const;

/** A reason as the agent reads it: what happened, then why, one paragraph each. */
export function composeReason(paragraphs: readonly string[]): string {
  return [HEAD, ...new Set(paragraphs)].join('\n');
}

/** Why a package is not installed, and what to do instead. */
export function packageReason(reported: ReportedPackage, asked: AskedBy): string {
  return `${verdictOf(reported)}${pathTo(reported)} ${adviceOn(reported, asked)}`;
}

/** Who asks for what the project doesn't ask for itself. */
function pathTo({ direct, requestedBy: [path] }: ReportedPackage): string {
  return direct || path === undefined ? '' : ` It is asked for by ${path.map(sanitize).join(' > ')}.`;
}

function verdictOf({ name, alias, risk, signals }: ReportedPackage): string {
  const shown = `\`${sanitize(name)}\`${alias === null ? '' : ` (asked for as \`${sanitize(alias)}\`)`}`;
  if (risk === 'not-found') return `${shown} does not exist on the registry.`;
  if (risk === 'unknown') return `${shown} could not be judged: the registry gave no answer.`;
  const found = signals
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, 3)
    .map(({ code, evidence }) => sanitize(signalTexts[code](evidence)));
  return `${shown} is blocked (${risk}): ${found.join('; ')}.`;
}

function adviceOn(reported: ReportedPackage, asked: AskedBy): string {
  const { name, risk, suggestions } = reported;
  const [best] = suggestions;
  if (risk === 'unknown')
    return `Try again when the registry can be reached; do not install it another way.${best === undefined ? '' : ` Or was \`${sanitize(best.name)}\` meant?`}`;
  if (best === undefined) return NO_GUESS;
  const meant = sanitize(best.name);
  if (best.name.startsWith('node:'))
    return `\`${meant}\` ships with Node.js: import it, and install nothing.`;
  const others = suggestions.slice(1).map((one) => `\`${sanitize(one.name)}\``);
  const or = others.length === 0 ? '' : ` (or, less likely, ${others.join(', ')})`;
  const verb = asked.how === 'run' ? 'Run' : 'Install';
  return `The established package is \`${meant}\`${or}: ${sanitize(best.why)}. ${verb} that instead: ${commandFor(reported, meant, asked)}. If \`${sanitize(name)}\` itself is needed, say so and let a person review it.`;
}

const INSTALLS: Readonly<Record<string, string>> = {
  npm: 'npm install',
  pnpm: 'pnpm add',
  yarn: 'yarn add',
  bun: 'bun add',
  deno: 'deno add',
};
const RUNS: Readonly<Record<string, string>> = {
  npm: 'npx',
  pnpm: 'pnpm dlx',
  yarn: 'yarn dlx',
  bun: 'bunx',
  deno: 'deno run',
};

function commandFor(
  reported: ReportedPackage,
  name: string,
  { manager, how, inProject = false }: AskedBy,
): string {
  const own = manager === 'npm' || manager === 'pnpm' ? replaceCommand(reported, manager, true) : null;
  if (inProject && own !== null) return own;
  const command = (how === 'run' ? RUNS : INSTALLS)[manager] ?? 'npm install';
  return `${command} ${manager === 'deno' ? `npm:${name}` : name}`;
}

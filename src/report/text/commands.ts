import type { ReportedPackage } from '../../model/report.js';

/** What a shell takes as one word, whatever the shell; every name that npm lets anybody publish is one. */
const PLAIN_WORD = /^@?[A-Za-z0-9][\w.~+-]*(\/[\w.~+-]+)?$/;

const PLAIN_PATH = /^[\w@.~+-]+(\/[\w@.~+-]+)*$/;

const WORDS = {
  npm: { program: 'npm', add: 'install', remove: 'uninstall', why: 'npm explain', at: '-w' },
  pnpm: { program: 'pnpm', add: 'add', remove: 'remove', why: 'pnpm why', at: '-C' },
} as const;

/** Whose commands the reader uses. */
export type Manager = keyof typeof WORDS;

/** The length of a path from an importer to what it asks for itself. */
const DIRECT = 2;

/** No exception covers these: contract, "Configuration". */
const NEVER_ACCEPTED: ReadonlySet<string> = new Set(['NOT_FOUND', 'KNOWN_MALICIOUS', 'RESOLVED_MISMATCH']);

/**
 * The command that puts the established package in the place of this one; `null` where the project doesn't ask for it
 * itself, or a name is no plain word.
 *
 * @param inProject whether a project asks for it already; else it was only typed
 */
export function replaceCommand(
  reported: ReportedPackage,
  manager: Manager,
  inProject: boolean,
): string | null {
  const [best] = reported.suggestions;
  const start = startOf(reported, manager);
  if (best === undefined || start === null || ![keyOf(reported), best.name].every(isPlain)) return null;
  const { add, remove } = WORDS[manager];
  const install = `${start} ${add} ${best.name}`;
  return inProject ? `${start} ${remove} ${keyOf(reported)} && ${install}` : install;
}

/** The command that takes out what the project asks for itself; `null` where it doesn't, or the name is no plain word. */
export function removeCommand(reported: ReportedPackage, manager: Manager): string | null {
  const start = startOf(reported, manager);
  return start !== null && isPlain(keyOf(reported))
    ? `${start} ${WORDS[manager].remove} ${keyOf(reported)}`
    : null;
}

/** The manager, told which workspace asks for the package; `null` where none of the projects does, or its path is no plain word. */
function startOf({ direct, requestedBy }: ReportedPackage, manager: Manager): string | null {
  if (!direct) return null;
  const { program, at } = WORDS[manager];
  const importer = requestedBy.find((path) => path.length === DIRECT)?.[0] ?? 'root';
  if (importer === 'root') return program;
  return PLAIN_PATH.test(importer) ? `${program} ${at} ${importer}` : null;
}

function keyOf({ alias, name }: ReportedPackage): string {
  return alias ?? name;
}

/** The command that says who asks for it; `null` for what the project asks for itself. */
export function whyCommand(reported: ReportedPackage, manager: Manager): string | null {
  const key = keyOf(reported);
  return reported.direct || !isPlain(key) ? null : `${WORDS[manager].why} ${key}`;
}

/** The command that makes a reviewed exception; `null` where none can be made. */
export function acceptCommand({ name, version, action, risk, signals }: ReportedPackage): string | null {
  const canBe = action === 'block' && risk !== 'unknown' && risk !== 'not-found' && version !== null;
  if (!canBe || signals.some(({ code }) => NEVER_ACCEPTED.has(code))) return null;
  if (!isPlain(name) || !isPlain(version)) return null;
  return `phantom-guard-install accept ${name}@${version} --reason "why"`;
}

/** A command that is ready to be copied, and when it is the right one: a clause with a colon. */
export type ReadyCommand = { readonly when: string; readonly command: string };

/** What can be done about a package; nothing where it is allowed. */
export function readyCommands(
  reported: ReportedPackage,
  manager: Manager,
  inProject: boolean,
): readonly ReadyCommand[] {
  if (reported.action === 'allow') return [];
  const replace = replaceCommand(reported, manager, inProject);
  const commands: readonly (readonly [string, string | null])[] = [
    ['instead:', replace],
    ['to take it out:', replace === null && inProject ? removeCommand(reported, manager) : null],
    ['who asks:', inProject ? whyCommand(reported, manager) : null],
    ['if you know it and trust it:', acceptCommand(reported)],
  ];
  return commands.flatMap(([when, command]) => (command === null ? [] : [{ when, command }]));
}

function isPlain(word: string): boolean {
  return PLAIN_WORD.test(word);
}

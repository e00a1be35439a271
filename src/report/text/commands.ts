import type { ReportedPackage } from '../../model/report.js';

/** What a shell takes as one word, whatever the shell; every name that npm lets anybody publish is one. */
const PLAIN_WORD = /^@?[A-Za-z0-9][\w.~+-]*(\/[\w.~+-]+)?$/;

const WORDS = {
  npm: { add: 'npm install', remove: 'npm uninstall', why: 'npm explain' },
  pnpm: { add: 'pnpm add', remove: 'pnpm remove', why: 'pnpm why' },
} as const;

/** Whose commands the reader uses. */
export type Manager = keyof typeof WORDS;

/** No exception covers these: contract, "Configuration". */
const NEVER_ACCEPTED: ReadonlySet<string> = new Set(['NOT_FOUND', 'KNOWN_MALICIOUS', 'RESOLVED_MISMATCH']);

/**
 * The command that puts the established package in the place of this one; `null` where the project doesn't ask for it
 * itself, or a name is no plain word.
 *
 * @param inProject whether a project asks for it already; else it was only typed
 */
export function replaceCommand(
  { name, alias, direct, suggestions }: ReportedPackage,
  manager: Manager,
  inProject: boolean,
): string | null {
  const key = alias ?? name;
  const [best] = suggestions;
  if (best === undefined || !direct || ![key, best.name].every(isPlain)) return null;
  const { add, remove } = WORDS[manager];
  return inProject ? `${remove} ${key} && ${add} ${best.name}` : `${add} ${best.name}`;
}

/** The command that says who asks for it; `null` for what the project asks for itself. */
export function whyCommand({ name, alias, direct }: ReportedPackage, manager: Manager): string | null {
  const key = alias ?? name;
  return direct || !isPlain(key) ? null : `${WORDS[manager].why} ${key}`;
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
  const commands: readonly (readonly [string, string | null])[] = [
    ['instead:', replaceCommand(reported, manager, inProject)],
    ['who asks:', inProject ? whyCommand(reported, manager) : null],
    ['if you know it and trust it:', acceptCommand(reported)],
  ];
  return commands.flatMap(([when, command]) => (command === null ? [] : [{ when, command }]));
}

function isPlain(word: string): boolean {
  return PLAIN_WORD.test(word);
}

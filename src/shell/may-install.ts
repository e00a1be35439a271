/** The longest line that is looked at. */
export const LONGEST_LINE = 200_000;

/**
 * Programs that install packages of npm's registry, files that say what is installed, and what belongs to the guard. `ni` and the
 * like are looked for as words.
 */
const TRIGGERS =
  /npm|npx|pnp[mx]|yarn|bun|corepack|deno|package\.json|phantom|\b(?:ni|nlx|volta|lerna|expo|ng|nx|rush)\b|\.claude|\.cursor|\.codex|\.github\/hooks/i;

/** What can hide a word: expansions, globs, texts that are run or decoded, scripts on the disk. */
const HIDES =
  /[$`?*[{~]|\\[xu0-7]|\b(?:eval|source|alias|base64|base32|xxd|openssl|rev|tr|awk|sed|printf|exec)\b|(?:^|[\s;&|(/])(?:(?:ba|z|da|k|a|fi|tc|c)?sh|busybox|nu|node|python[\d.]*|perl|ruby|php|lua)(?:[\s;&|<)]|$)|(?:^|[\s;&|(])\.{1,2}[\s/]|\.(?:sh|bash|zsh)\b|(?:^|[;&|(\n])\s*[\w.+-]*\//;

/**
 * Whether a line may have to do with an install. `false` is said only of a line in which no word could turn into one: it is what
 * lets most lines through before a parser is loaded.
 */
export function mayInstall(line: string): boolean {
  return TRIGGERS.test(unquoted(line)) || HIDES.test(line);
}

/** Whether a package manager is named, however it is quoted. */
export function namesManager(line: string): boolean {
  return TRIGGERS.test(unquoted(line));
}

/** Without what a shell takes away: quotes, backslashes and continued lines. */
function unquoted(line: string): string {
  return line.replace(/\\\r?\n|['"\\]/g, '');
}

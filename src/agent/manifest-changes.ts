/** What an edit of a package.json brings in. */
export type ManifestChanges = {
  /** Dependencies that are new or ask for something else, as npm takes them. */
  readonly specs: readonly string[];
  /** Scripts that are new or different. */
  readonly scripts: readonly string[];
  /** The guard's own configuration is another one. */
  readonly changesGuard: boolean;
};

type Fields = Readonly<Record<string, unknown>>;

const LISTS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const;

/**
 * Compares a package.json with what it is to become.
 *
 * @param before `null` = there is none, or it can't be read
 * @returns `null` where `after` is no JSON object
 */
export function manifestChanges(before: string | null, after: string): ManifestChanges | null {
  const now = parseFields(after);
  if (now === null) return null;
  const old = (before === null ? null : parseFields(before)) ?? {};
  const specs = LISTS.flatMap((list) =>
    changedTexts(fieldsAt(old, list), fieldsAt(now, list)).flatMap(specOf),
  );
  const overrides = ['overrides', 'resolutions'].flatMap((key) =>
    aliasesIn(now[key]).filter((spec) => !aliasesIn(old[key]).includes(spec)),
  );
  const scripts = changedTexts(fieldsAt(old, 'scripts'), fieldsAt(now, 'scripts')).map(([, text]) => text);
  const changesGuard = JSON.stringify(old['phantomGuard']) !== JSON.stringify(now['phantomGuard']);
  return { specs: [...new Set([...specs, ...overrides])], scripts, changesGuard };
}

/** Dependencies in a piece of JSON whose place isn't known: what looks like a name with a range. */
export function likelySpecs(piece: string): readonly string[] {
  const pairs = piece.matchAll(
    /"((?:@[\w.~-]+\/)?[\w.~-]+)"\s*:\s*"((?:[\^~>=<*]|\d|npm:|latest|next)[^"]*)"/g,
  );
  return [...pairs].flatMap(([, name = '', range = '']) =>
    ['version', 'node', 'npm', 'pnpm'].includes(name) ? [] : specOf([name, range]),
  );
}

function changedTexts(old: Fields, now: Fields): readonly (readonly [string, string])[] {
  return Object.entries(now).flatMap(([key, value]) =>
    typeof value === 'string' && old[key] !== value ? [[key, value] as const] : [],
  );
}

/** What stays in the project asks no registry. */
function specOf([name, range]: readonly [string, string]): readonly string[] {
  if (/^(?:workspace|link|portal|file):|^\.{0,2}\//.test(range)) return [];
  return [/^catalog:/.test(range) || range === '' ? name : `${name}@${range}`];
}

/** `npm:` aliases among overrides; plain ranges bring no other name in. */
function aliasesIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.startsWith('npm:') ? [value.slice('npm:'.length)] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(aliasesIn) : [];
}

function fieldsAt(fields: Fields, key: string): Fields {
  const value = fields[key];
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function parseFields(text: string): Fields | null {
  try {
    const json: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Fields) : null;
  } catch {
    // A manager couldn't read it either.
    return null;
  }
}

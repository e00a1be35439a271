const SUBJECTS =
  'org(?:ani[sz]ation)?|scope|company|team|us(?:e)?r(?:name)?|name|package|pkg|module|lib|library|plugin|preset|app|application|project|component|dep|dependency|monorepo|repo|tool|cli|template|config|theme|extension';

const NONSENSE = /^(?:foo|bar|baz|qux|quux|foo-?bar|bar-?baz|x|y|z|xxx+|abc)(?:-?\d)?$/;

/** Words that authors put where the reader puts a name; nearly all of them belong to somebody on the registry. */
const PLACEHOLDERS: readonly RegExp[] = [
  NONSENSE,
  new RegExp(`^(?:${SUBJECTS})(?:-?(?:name|a|b|c|\\d))?$`),
  new RegExp(
    `^(?:your|my|our|some|the|a|an|any|other|another|example|sample)-?(?:(?:own|other|new|awesome|cool|custom|private|local|npm|vue|react|shared|internal)-)*(?:${SUBJECTS})s?(?:-name|-[a-c]|-?\\d)?$`,
  ),
];
const SCOPES = new RegExp(
  `^@(?:(?:your|my|our|some|the|example|sample)-?)?(?:${SUBJECTS}|acme|example|foo|bar|namespace|owner|inc|corp|x)s?$`,
);
/** Metavariables: `PACKAGE`, `PKG_NAME`. */
const METAVARIABLE = /^@?[A-Z][A-Z\d_-]*(?:\/[A-Z\d_-]+)?$/;

/** Whether a name stands for the one that the reader has to put there. */
export function isPlaceholder(name: string): boolean {
  if (METAVARIABLE.test(name.replace(/^create-/, ''))) return true;
  // `npm create X` runs create-X.
  const lower = name.toLowerCase();
  const slash = lower.startsWith('@') ? lower.indexOf('/') : -1;
  if (slash > 0 && SCOPES.test(lower.slice(0, slash))) return true;
  const base = lower.slice(slash + 1).replace(/^create-(?=.)/, '');
  return slash < 0 ? PLACEHOLDERS.some((pattern) => pattern.test(base)) : NONSENSE.test(base);
}

/** The signal that a finding is evidence for. */
export type NameSignal =
  | 'TYPOSQUAT'
  | 'HALLUCINATION_PATTERN'
  | 'NAMESPACE_SQUATTING'
  | 'CROSS_ECOSYSTEM'
  | 'CORE_MODULE';

export type TechniqueId =
  | 'omitted-character'
  | 'added-character'
  | 'doubled-character'
  | 'swapped-characters'
  | 'neighbouring-key'
  | 'bit-flip'
  | 'replaced-character'
  | 'look-alike'
  | 'separators'
  | 'word-order'
  | 'plural'
  | 'affix'
  | 'scope-dropped'
  | 'scope-added'
  | 'scope-imitated'
  | 'combination'
  | 'blend'
  | 'other-ecosystem'
  | 'core-module'
  | 'case-variant';

/** Facts that show the likeness, for people and programs: characters, positions, words. */
export type NameEvidence = Readonly<Record<string, string | number>>;

/** One established name that the judged name may imitate, and how. */
export interface NameFinding {
  readonly technique: TechniqueId;
  readonly signal: NameSignal;
  /** The imitated name as its ecosystem writes it; a core module without `node:`. */
  readonly imitated: string;
  readonly ecosystem: 'npm' | 'pypi' | 'node';
  /** Log₂ bucket of the imitated name's monthly downloads; `null` outside npm. */
  readonly popularity: number | null;
  /**
   * How convincing the evidence is, in log-odds that the name is an imitation; positive, at most MAX_STRENGTH.
   */
  readonly strength: number;
  readonly evidence: NameEvidence;
}

/** What a person who typed the name may have meant. */
export interface Suggestion {
  readonly name: string;
  /** `builtin`: ships with Node.js, nothing to install. */
  readonly kind: 'package' | 'builtin';
  /** Log₂ bucket of its monthly downloads; `null` for a builtin. */
  readonly popularity: number | null;
  readonly technique: TechniqueId | 'topic' | 'part-of-name' | 'same-scope';
  /** One sentence part for people, made of nothing but our words and established names. */
  readonly why: string;
}

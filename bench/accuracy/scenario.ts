import type { Profile } from './make-packument.js';
import type { NameSets } from './name-sets.js';
import type { Random } from './random.js';

/** A share in [0, 1] that a scenario must reach, or stay within. `warned` counts what is blocked, too. */
export type Bound = {
  readonly figure: 'blocked' | 'warned';
  readonly is: 'at least' | 'at most';
  readonly share: number;
};

/** What surrounds the packages of a scenario. */
export type Setting = {
  /** Nobody is asked: what the bundled names don't know stays undecided. */
  readonly offline?: boolean;
  /** The download service answers 503. */
  readonly downloadsDown?: boolean;
  /** Each name in turn is taken out of the bundled names. */
  readonly hidden?: boolean;
  /** This scope (with its `@`) has the loopback registry as its own. */
  readonly privateScope?: string;
  /** Established packages that ask for them, by turns; without them the project does. */
  readonly parents?: readonly string[];
};

/** What a profile may depend on beside the name. */
export type About = Pick<NameSets, 'findingsOf'> & {
  /** Place of the name in its scenario, from 0. */
  readonly index: number;
  readonly random: Random;
};

export type MakeProfile = (name: string, about: About) => Profile;

/** Which names, and what they look like. */
export type Recipe = {
  /** `null` = hallucinated.tsv isn't on this machine. */
  readonly names: (sets: NameSets) => readonly string[] | null;
  /** `null` = nobody owns the name. */
  readonly profile: MakeProfile | null;
};

/** One row of the table: packages of one kind in one setting, and what has to become of them. */
export type Scenario = Recipe & {
  readonly id: string;
  /** What the row shows, in a few words. */
  readonly what: string;
  /** Which side of the ROC it is on. */
  readonly roc: 'positive' | 'negative' | null;
  readonly setting: Setting;
  /** Empty: only reported. */
  readonly bounds: readonly Bound[];
};

export function atLeast(figure: Bound['figure'], share: number): Bound {
  return { figure, is: 'at least', share };
}

export function atMost(figure: Bound['figure'], share: number): Bound {
  return { figure, is: 'at most', share };
}

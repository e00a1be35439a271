import { npmTopDownloads } from '../names/sets.js';
import {
  aged,
  borrowed,
  dressed,
  FIRST_DAY,
  FRESH,
  genuine,
  healthy,
  INTERNAL,
  inherited,
  jittered,
  mirrored,
} from './profiles.js';
import { ownRepository, SHAPES } from './repositories.js';
import type { MakeProfile, Scenario, Setting } from './scenario.js';

/** The scope of a made-up organisation, with the loopback registry as its own. */
const PRIVATE_SCOPE = '@morvex-internal';

type Names = Scenario['names'];

const registrable: Names = (sets) => sets.registrable();
const unexplained: Names = (sets) => sets.unexplained();
const neutral: Names = (sets) => sets.neutral().names;
const worstInherited: MakeProfile = (name, about) => ({
  ...inherited(name, about),
  repository: null,
  weeklyDownloads: 40,
  installScript: true,
});
const DOWNLOADS_DOWN: Setting = { downloadsDown: true };

/** The same mechanisms under other circumstances: reported, never binding. */
export const VARIANTS: readonly Scenario[] = [
  jitter('fresh-jitter', 'fresh at 1–6 days', registrable, () => FRESH, [1, 6], 'positive'),
  jitter('dressed-jitter', 'dressed at 10–29 days', registrable, dressed, [10, 29], 'positive'),
  jitter('aged-jitter', 'aged at 100–300 days', registrable, aged, [100, 300], 'positive'),
  jitter('genuine-jitter', 'genuine at 10–29 days; neutral names', neutral, genuine, [10, 29], null),
  variant('fresh-mirror', 'fresh; no creation date, people or counts', registrable, () => mirrored(FRESH)),
  variant('dressed-mirror', 'dressed; the same', registrable, (...about) => mirrored(dressed(...about))),
  variant('genuine-mirror', 'genuine; the same', unexplained, (name) => mirrored(genuine(name))),
  variant('fresh-uncounted', 'fresh; download service down', registrable, () => FRESH, DOWNLOADS_DOWN),
  variant('dressed-uncounted', 'dressed; the same', registrable, dressed, DOWNLOADS_DOWN),
  variant('genuine-uncounted', 'genuine; the same', unexplained, genuine, DOWNLOADS_DOWN),
  variant('healthy-uncounted', 'healthy; the same', (sets) => sets.invented(), healthy, DOWNLOADS_DOWN),
  variant('genuine-shapes', 'genuine; seven ways to state a repository', neutral, (name, { index }) => ({
    ...genuine(name),
    repository: ownRepository(name, SHAPES[index % SHAPES.length]),
  })),
  variant('genuine-scoped', 'genuine; in scopes that nobody knows', (sets) => sets.scoped(), genuine),
  variant('genuine-plugin', 'genuine; names like react-BRAND, BRAND-cli', (sets) => sets.plugins(), genuine),
  variant('healthy-young', 'neutral, 200 days, 15 versions, 3,000 a week', neutral, (name) => ({
    ...healthy(name),
    ageDays: 200,
    releases: 15,
    weeklyDownloads: 3_000,
  })),
  variant('hobby', 'neutral, 200 days, 4 versions, 20 a week', neutral, (name) => ({
    ...aged(name),
    weeklyDownloads: 20,
  })),
  variant('private-scope', 'internal, in a scope with its own registry', privateNames, () => INTERNAL, {
    privateScope: PRIVATE_SCOPE,
  }),
  variant('private-unscoped', 'internal, neutral names, on the default registry', neutral, () => INTERNAL),
  variant(
    'inherited-script',
    'inherited; no repository, 40 a week, postinstall',
    registrable,
    worstInherited,
    {
      parents: npmTopDownloads,
    },
  ),
  variant(
    'typos-fresh',
    'typos of the 200 most popular names, one day old',
    (sets) => sets.typos(),
    () => FIRST_DAY,
  ),
  variant(
    'typos-dressed',
    'the same with the repository of the original',
    (sets) => sets.typos(),
    (name, about) => ({
      ...FIRST_DAY,
      repository: borrowed(name, about),
      readme: 'long',
    }),
  ),
  {
    ...variant(
      'typos-absent',
      'the same names, owned by nobody',
      (sets) => sets.typos(),
      () => FIRST_DAY,
    ),
    profile: null,
  },
];

function variant(
  id: string,
  what: string,
  names: Names,
  profile: MakeProfile,
  setting: Setting = {},
): Scenario {
  return { id, what, names, profile, roc: null, setting, bounds: [] };
}

function jitter(
  id: string,
  what: string,
  names: Names,
  profile: MakeProfile,
  [least, most]: readonly [number, number],
  roc: Scenario['roc'],
): Scenario {
  const jittery: MakeProfile = (name, about) => jittered(profile(name, about), least, most, about.random);
  return { ...variant(id, `${what}, downloads ×/÷ 1.5`, names, jittery), roc };
}

function privateNames(...[sets]: Parameters<Names>): readonly string[] {
  return sets.neutral().names.map((name) => `${PRIVATE_SCOPE}/${name}`);
}

import { isDeepStrictEqual } from 'node:util';
import { GuardError } from '../../../src/errors.js';
import { parseSpec } from '../../../src/lockfile/parse-spec.js';
import { parsePackageName } from '../../../src/model/package-name.js';
import type { ResolvedTree } from '../../../src/model/resolved-tree.js';
import { parseTarballUrl } from '../../../src/model/tarball-url.js';
import { parsePlainSpecs } from '../../../src/specs/parse-plain-specs.js';
import { parseSpecs } from '../../../src/specs/parse-specs.js';
import { type FuzzTarget, mustHold } from '../target.js';
import { NAME_WORDS, SPEC_WORDS } from './fixtures.js';

const SEEDS = [
  'zq-a',
  '@zq/b@^2.0.0',
  'y@npm:z@1.0.0',
  'https://host.example.test/zq-a/-/zq-a-1.0.0.tgz',
  'git+ssh://git@host.example.test/a/b.git#semver:^1',
  './a.tgz',
  '@jsr/zq__a@1.0.0-beta.1',
];

/** What is typed after `npm install`. Holds besides: the short way and npm's library say the same, and a name to ask is a valid one. */
export const specs: FuzzTarget = {
  name: 'specs',
  seeds: () => SEEDS,
  words: [...NAME_WORDS, ...SPEC_WORDS, '@npm:', '#', '?', '%2f', ':', '~', '\0', '\n', ' '],
  run: async (bytes) => {
    const spec = bytes.toString('utf8');
    parseTarballUrl(spec);
    const asked = await parseSpec('zq-key', spec, new Map());
    mustHold(typeof asked.name === 'string', 'a line without a name');
    const plain = parsePlainSpecs([spec]);
    const full = fullyParsed(spec);
    if (plain !== null) mustHold(isDeepStrictEqual(judgedOf(plain), judgedOf(full)), 'the short way differs');
    for (const { registryName } of full?.entries ?? [])
      mustHold(registryName === null || parsePackageName(registryName) !== null, 'a name that is none');
  },
};

/** What a verdict depends on. */
function judgedOf(tree: ResolvedTree | null): readonly unknown[] | undefined {
  return tree?.entries.map(({ name, registryName, alias, version, source }) => [
    name,
    registryName,
    alias,
    version,
    source,
  ]);
}

function fullyParsed(spec: string): ResolvedTree | null {
  try {
    return parseSpecs([spec], '/zq');
  } catch (error) {
    if (error instanceof GuardError) return null;
    throw error;
  }
}

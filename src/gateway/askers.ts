import type { EstablishedName } from '../model/verdict.js';
import { BoundedMap } from './bounded-map.js';
import { type Manifest, recordIn } from './manifest.js';

/** Names that are kept, some 10 MB. */
const REMEMBERED = 50_000;
/** Of the versions, the last that were published: what else asks for a name is history. */
const VERSIONS_READ = 200;
const FIELDS = ['dependencies', 'optionalDependencies', 'peerDependencies'];

/** Which names established packages ask for: a registry sees packages, not the tree that they are in. */
export type Askers = {
  /** Takes note of what the versions of an established package depend on. */
  readonly note: (asker: EstablishedName, manifest: Manifest) => void;
  /** The most popular established package that asks for the name; `null` = none that was seen. */
  readonly askerOf: (name: string) => EstablishedName | null;
};

/** @param isEstablished names of which nobody has to know who asks for them */
export function createAskers(isEstablished: (name: string) => boolean, most = REMEMBERED): Askers {
  const askers = new BoundedMap<string, EstablishedName>(most);
  const read = new BoundedMap<string, string>(most);
  return {
    note: (asker, manifest) => {
      const state = `${String(manifest['_rev'])} ${Object.keys(recordIn(manifest, 'versions') ?? {}).length}`;
      if (read.get(asker.name) === state) return;
      read.set(asker.name, state);
      for (const name of dependenciesOf(manifest)) {
        if (isEstablished(name) || (askers.get(name)?.popularity ?? -1) >= asker.popularity) continue;
        askers.set(name, asker);
      }
    },
    askerOf: (name) => askers.get(name) ?? null,
  };
}

function dependenciesOf(manifest: Manifest): ReadonlySet<string> {
  const versions = recordIn(manifest, 'versions');
  const names = new Set<string>();
  for (const version of Object.keys(versions ?? {}).slice(-VERSIONS_READ)) {
    const one = recordIn(versions, version);
    for (const field of FIELDS)
      for (const [name, spec] of Object.entries(recordIn(one, field) ?? {})) names.add(realName(name, spec));
  }
  return names;
}

/** The name behind an `npm:` alias. */
function realName(name: string, spec: unknown): string {
  const [, aliased] = typeof spec === 'string' ? (/^npm:((?:@[^/@\s]+\/)?[^/@\s]+)/.exec(spec) ?? []) : [];
  return aliased ?? name;
}

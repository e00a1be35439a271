import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FakeRegistry } from '../support/fake-registry.js';
import type { Laid, Way } from './access-ways.js';
import {
  askWithGuard,
  askWithNpm,
  closeWorld,
  LAYERS,
  type Layer,
  NAME,
  type Npm,
  npmsHere,
  placeWith,
} from './access-world.js';

type Cell = readonly [title: string, layer: Layer, way: Way, isSampled: boolean];

/** All cells take eight minutes, nearly all of them npm's. Without this variable each way is tried in one layer, another one from way to way. */
const IS_WHOLE = process.env['PHANTOM_GUARD_WHOLE_MATRIX'] === '1';

/** Each way in each layer that can hold it. */
function cellsOf(ways: readonly Way[]): readonly Cell[] {
  return ways.flatMap((way, index) =>
    (way.layers ?? LAYERS).map((layer, at, layers): Cell => {
      const must =
        way.outcome === 'reached' ? 'npm reaches it, and so do we' : 'npm refuses it, and so do we';
      return [`${way.way}, in the ${layer}: ${must}`, layer, way, at === index % layers.length];
    }),
  );
}

/** The credentials that each server was shown, without those that say nothing. */
function shown(registries: Laid['registries']): Record<string, readonly string[]> {
  const authorizationsOf = (registry: FakeRegistry): readonly string[] => [
    ...new Set(registry.requests.map(({ headers }) => headers.authorization ?? 'none')),
  ];
  return Object.fromEntries(Object.entries(registries).map(([key, one]) => [key, authorizationsOf(one)]));
}

function forget({ registries, forget: more }: Laid): void {
  for (const registry of Object.values(registries)) registry.reset();
  more?.();
}

/** Every cell with the npm of this machine and with the guard; the first layer of each way with the other npms too. */
export function describeMatrix(ways: readonly Way[]): void {
  let npms: readonly Npm[] = [];
  beforeAll(async () => {
    npms = await npmsHere();
  });
  afterEach(closeWorld);
  afterAll(closeWorld);

  describe('registry access', () => {
    it.for(cellsOf(ways))('%s', async ([, layer, way, isSampled], { skip }) => {
      if (!IS_WHOLE && !isSampled) skip('PHANTOM_GUARD_WHOLE_MATRIX=1 runs every cell');
      const laid = await way.lay();
      const { settings, below = {}, env = {}, name = NAME } = laid;
      const place = () => placeWith(layer, settings, { name, below, env });
      const ours = await askWithGuard(place(), name, way.built);
      const oursShown = shown(laid.registries);
      expect(ours, ours.said).toMatchObject({ outcome: way.outcome });
      laid.seen?.();
      const compared = layer === (way.layers ?? LAYERS)[0] ? npms : npms.slice(0, 1);
      for (const npm of compared) {
        forget(laid);
        const its = await askWithNpm(npm, place(), name);
        expect(its, `${npm.label}: ${its.said}`).toMatchObject({ outcome: way.outcome });
        expect(shown(laid.registries), npm.label).toEqual(oursShown);
        laid.seen?.();
      }
    });
  });
}

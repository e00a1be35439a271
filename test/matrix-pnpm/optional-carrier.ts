import { CURRENT, subjectOf } from '../matrix/packages.js';
import type { World } from './world.js';

const NAME = 'zq-matrix-optional-carrier';

/** Publishes a healthy package whose newest version asks for the subject as an optional dependency. */
export function publishOptionalCarrier({ registry, variant }: World): string {
  const older = Array.from({ length: 24 }, (_, minor): [string, object] => [`1.${minor}.0`, {}]);
  const { name, version } = subjectOf(variant);
  const newest = { manifest: { optionalDependencies: { [name]: version } } };
  const versions = { ...Object.fromEntries(older), [CURRENT]: newest };
  registry.publish({ name: NAME, versions, ageDays: 6 * 365 });
  return NAME;
}

import { packVersion } from '../support/tarball-packages.js';
import { CURRENT, carrierOf, subjectOf } from './packages.js';
import { project } from './plans.js';
import type { Plan, Scenario, World } from './world.js';

const CARRIER = 'zq-matrix-remote-carrier';
const PATH = 'files/subject.tgz';

/** The bad one is asked for by a dependency; what a project itself takes from a URL is meant, and is the control. */
export const remoteScenario: Scenario = {
  id: 'remote',
  title: 'tarball of another host, asked for by a dependency',
  plan: (world): Plan => {
    const { registry, variant } = world;
    const spec = serveRemote(world);
    registry.publish(carrierOf(CARRIER, variant, spec));
    const { name } = subjectOf(variant);
    const dependencies = variant === 'bad' ? { [CARRIER]: CURRENT } : { [name]: spec };
    return { ...project(['npm', 'install'], { dependencies }), isSubjectPath: isRemotePath };
  },
};

/** Puts the subject's tarball on a host that is not the registry's, and returns its URL. */
export function serveRemote({ registry, variant }: World): string {
  const { name, version } = subjectOf(variant);
  registry.serveFile(PATH, packVersion(name, version, registry.versionOf(name, version)));
  return `${registry.remoteUrl}${PATH}`;
}

export function isRemotePath(asked: string): boolean {
  return asked === `/${PATH}`;
}

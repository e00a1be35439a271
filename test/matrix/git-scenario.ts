import path from 'node:path';
import { createRepository } from '../support/git.js';
import { CURRENT, carrierOf, subjectOf, unpacked } from './packages.js';
import { project } from './plans.js';
import type { Plan, Scenario } from './world.js';

const CARRIER = 'zq-matrix-git-carrier';
const PREFIX = 'git/subject.git';

/** The bad one is asked for by a dependency; what a project itself takes from git is meant, and is the control. */
export const gitScenario: Scenario = {
  id: 'git',
  title: 'git repository, asked for by a dependency',
  plan: ({ registry, variant }): Plan => {
    const repository = createRepository(unpacked(subjectOf(variant)));
    repository.git('update-server-info');
    registry.serveFolder(PREFIX, path.join(repository.dir, '.git'));
    const spec = `git+${registry.url}${PREFIX}`;
    registry.publish(carrierOf(CARRIER, variant, spec));
    const dependencies = variant === 'bad' ? { [CARRIER]: CURRENT } : { [subjectOf(variant).name]: spec };
    return {
      ...project(['npm', 'install'], { dependencies }),
      isSubjectPath: (asked) => asked.startsWith(`/${PREFIX}/objects/`),
    };
  },
};

import { type Detector, factsOf } from './detector.js';

/**
 * Lowers the risk: the package names a source repository that is not known as another package's.
 *
 * Anybody can make one, so it weighs little; where the bundled names know the package, nothing needs to be proved.
 */
export const ownRepository: Detector = {
  code: 'OWN_REPOSITORY',
  detect: (subject) => {
    const facts = factsOf(subject);
    return facts?.hasRepository === true && subject.context.repositoryOf === null
      ? { repository: facts.repositoryUrl }
      : null;
  },
};

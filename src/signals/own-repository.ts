import { type Detector, factsOf, weeklyDownloadsOf } from './detector.js';

/**
 * Lowers the risk: the package names a source repository that is not known as another package's.
 *
 * Anybody can make one, so it weighs little, and half of that where hardly anybody installs the package.
 */
export const ownRepository: Detector = {
  code: 'OWN_REPOSITORY',
  needs: 'facts',
  detect: (subject) => {
    const facts = factsOf(subject);
    return facts !== null && subject.context.repository.kind === 'own'
      ? { repository: facts.repositoryUrl, weeklyDownloads: weeklyDownloadsOf(subject) }
      : null;
  },
};

import { type Detector, factsOf } from './detector.js';

/**
 * The attack: a squat names the repository of the package that it imitates, and borrows its stars and its look.
 *
 * Packages of a monorepo look the same, so it is no risk by itself; it only earns none of the trust of OWN_REPOSITORY.
 */
export const repositoryBorrowed: Detector = {
  code: 'REPOSITORY_BORROWED',
  detect: (subject) => {
    const { repositoryOf } = subject.context;
    return repositoryOf === null || factsOf(subject)?.hasRepository !== true
      ? null
      : { repository: factsOf(subject)?.repositoryUrl ?? null, belongsTo: repositoryOf.name };
  },
};

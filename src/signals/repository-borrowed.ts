import { type Detector, factsOf } from './detector.js';

/**
 * The attack: a squat names the repository of the package that it imitates, and borrows its stars and its look.
 *
 * Packages of a monorepo look the same, so it is no risk by itself; it only earns none of the trust of OWN_REPOSITORY.
 */
export const repositoryBorrowed: Detector = {
  code: 'REPOSITORY_BORROWED',
  detect: (subject) => {
    const { repository } = subject.context;
    return repository.kind === 'other'
      ? { repository: factsOf(subject)?.repositoryUrl ?? null, belongsTo: repository.owner.name }
      : null;
  },
};

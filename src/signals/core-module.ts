import { imitationDetector } from './imitation.js';

/**
 * The attack: a module that ships with Node.js is installed from npm, where its name belongs to somebody else.
 *
 * Known false positives: the versions for browsers (`buffer`, `events`), which weigh little.
 */
export const coreModule = imitationDetector('CORE_MODULE');

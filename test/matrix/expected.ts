import type { GuardId } from './guards.js';

/** What npm 10, 11 and 12 give, in the words of `describeCell`. */
type Row = readonly [npm10: string, npm11: string, npm12: string];

/** By guard and scenario. A guard without rows is not part of the recorded table. */
export const EXPECTED: Readonly<Partial<Record<GuardId, Readonly<Record<string, Row>>>>> = {
  plain: {
    install: ['ran', 'ran', 'landed, control landed'],
    'install-lock': ['ran', 'ran', 'landed, control landed'],
    'allowed-scripts': ['ran', 'ran', 'ran'],
    add: ['ran', 'ran', 'landed, control landed'],
    ci: ['ran', 'ran', 'landed, control landed'],
    update: ['ran', 'ran', 'landed, control landed'],
    npx: ['ran', 'ran', 'ran'],
    create: ['ran', 'ran', 'ran'],
    workspace: ['ran', 'ran', 'landed, control landed'],
    optional: ['ran', 'ran', 'landed, control landed'],
    peer: ['ran', 'ran', 'landed, control landed'],
    alias: ['ran', 'ran', 'landed, control landed'],
    transitive: ['ran', 'ran', 'landed, control landed'],
    tampered: ['ran', 'ran', 'landed, control landed'],
    'tampered-host': ['ran', 'ran', 'T1, control landed'],
    'no-integrity': ['ran', 'ran', 'landed, control landed'],
    git: ['ran', 'ran', 'T0, control refused'],
    remote: ['ran', 'ran', 'T0, control refused'],
    'warm-cache': ['ran', 'ran', 'landed, control landed'],
    bundled: ['ran', 'ran', 'landed, control landed'],
    'bundled-lock': ['ran', 'ran', 'landed, control landed'],
    global: ['ran', 'ran', 'landed, control landed'],
  },
};

const MAJORS = [10, 11, 12];

/** `null`: nothing is expected of this cell. */
export function expectedOf(guard: GuardId, scenario: string, major: number): string | null {
  return EXPECTED[guard]?.[scenario]?.[MAJORS.indexOf(major)] ?? null;
}

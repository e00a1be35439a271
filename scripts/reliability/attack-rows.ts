import path from 'node:path';

/** One case of the attack suite. */
export type AttackRow = {
  readonly area: string;
  readonly attack: string;
  /** What must happen; empty where the title says it with the attack. */
  readonly must: string;
  readonly state: 'passed' | 'failed' | 'skipped';
};

/** In the order of the page. */
export const AREAS = [
  'names',
  'specs',
  'lockfiles',
  'registry',
  'terminal',
  'project',
  'cache',
  'verdict forgery',
  'registry access',
  'leaks',
] as const;

type Assertion = {
  readonly ancestorTitles: readonly string[];
  readonly title: string;
  readonly status: string;
};
/** vitest's JSON report, as far as it is read here. */
export type TestReport = {
  readonly testResults: readonly { readonly name: string; readonly assertionResults: readonly Assertion[] }[];
};

/** The rows of the files in test/hostile, by area; empty where none of them was run. */
export function attackRows({ testResults }: TestReport): readonly AttackRow[] {
  const rows = testResults
    .filter(({ name }) => path.basename(path.dirname(name)) === 'hostile')
    .flatMap(({ name, assertionResults }) => assertionResults.map((one) => rowOf(one, path.basename(name))));
  return AREAS.flatMap((area) => rows.filter((row) => row.area === area));
}

/**
 * The first describe is the area, and the title is `ATTACK: what must happen`; or the name of the file begins with the area, and the
 * describe says what must happen under the attack of the title.
 */
function rowOf({ ancestorTitles, title, status }: Assertion, file: string): AttackRow {
  const [first = '', ...others] = ancestorTitles;
  const isArea = (AREAS as readonly string[]).includes(first);
  const area = isArea ? first : areaOf(file);
  const state = status === 'passed' || status === 'failed' ? status : 'skipped';
  if (!isArea) return { area, attack: title, must: ancestorTitles.join(': '), state };
  const whole = [...others, title].join(': ');
  const colon = whole.indexOf(': ');
  if (colon < 0) return { area, attack: whole, must: '', state };
  return { area, attack: whole.slice(0, colon), must: whole.slice(colon + 2), state };
}

/** @throws for a file of which nobody knows the area: its cases would be missing */
function areaOf(file: string): string {
  const found = AREAS.find((area) => file.startsWith(area.replace(' ', '-')));
  if (found === undefined)
    throw new Error(`test/hostile/${file}: its first describe is none of ${AREAS.join(', ')}`);
  return found;
}

/** How a row is known. */
export function keyOf({ area, attack, must }: AttackRow): string {
  return JSON.stringify([area, attack, must]);
}

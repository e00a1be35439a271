import { main } from '../../src/cli/main.js';
import type { Report } from '../../src/model/report.js';
import { fakeIo } from '../support/fake-io.js';
import { packument } from '../support/fake-registry.js';
import { packageLock, writeProject } from '../support/projects.js';
import { faultsInReport } from '../support/report-schema.js';

/** The package that the registry is asked about. */
export const NAME = 'zq-harbour-kelp';

export type Document = Readonly<Record<string, unknown>>;

const DAY_MS = 86_400_000;
const yesterday = new Date(Date.now() - DAY_MS).toISOString();

/** Old, with a history; and what somebody registered yesterday. */
export const GOOD: Document = packument({ name: NAME });
export const SQUAT: Document = packument({
  name: NAME,
  created: yesterday,
  versions: { '1.0.0': yesterday },
  repository: null,
});

export type Checked = {
  readonly status: number;
  readonly report: Report;
  readonly stderr: string;
};

export type CheckOptions = {
  /** Lines of the project's .npmrc beside the registry. */
  readonly npmrc?: readonly string[];
  readonly timeoutMs?: number;
  readonly names?: readonly string[];
  readonly entry?: Readonly<Record<string, unknown>>;
  readonly words?: readonly string[];
};

/** The project that asks for the package, with the registry and limits of its .npmrc. */
export function projectAt(
  registry: string,
  { npmrc = [], timeoutMs = 20_000, names = [NAME], entry }: CheckOptions = {},
): string {
  const dependencies = Object.fromEntries(names.map((name) => [name, '*']));
  const entries = names.map((name) => [`node_modules/${name}`, { version: '1.0.0', ...entry }]);
  return writeProject({
    'package.json': { name: 'project', version: '1.0.0', dependencies },
    'package-lock.json': packageLock(Object.fromEntries(entries)),
    '.npmrc': [`registry=${registry}`, 'fetch-retries=0', `fetch-timeout=${timeoutMs}`, ...npmrc, ''].join(
      '\n',
    ),
  });
}

export const WORDS = ['check', '--format', 'json', '--all', '--no-data', '--downloads-url', 'none'] as const;

/** `check --format json` of that project, with nothing in the cache. */
export async function checkAt(registry: string, options: CheckOptions = {}): Promise<Checked> {
  const fake = fakeIo({ cwd: projectAt(registry, options) });
  const { status } = await main([...WORDS, ...(options.words ?? [])], fake.io);
  const report = JSON.parse(fake.stdout()) as Report;
  const faults = faultsInReport(report);
  if (faults.length > 0) throw new Error(`not the published schema of a report:\n${faults.join('\n')}`);
  return { status, report, stderr: fake.stderr() };
}

/** What a report says of the packages and of the run, without what differs from run to run. */
export function verdictOf({ status, report }: Checked) {
  const { packages, summary, error, unchecked } = report;
  return { status, outcome: report.status, packages, summary, error, unchecked };
}

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { main } from '../../src/cli/main.js';
import type { Report, ReportedPackage } from '../../src/model/report.js';
import { fakeIo } from '../support/fake-io.js';
import {
  type FakeRegistry,
  type FakeRegistryOptions,
  packument,
  startFakeRegistry,
} from '../support/fake-registry.js';
import { writeProject } from '../support/projects.js';
import { faultsInReport } from '../support/report-schema.js';

export type Files = Readonly<Record<string, string | object>>;

export type CommandSettings = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Of the user: `.config/phantom-guard/config.json` and the like, below the home. */
  readonly home?: Files;
  /** Default: json. */
  readonly format?: string;
};

export type CommandRun = {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Throws where stdout is not what the published schema describes. */
  readonly report: () => Report;
  /** The paths that the registry was asked for. */
  readonly asked: readonly string[];
};

/** A user whose only registry is one of ours: whatever a project makes of a name, it can be asked for nowhere else. */
export type AttackWorld = {
  readonly registry: FakeRegistry;
  /** Runs a command with `--no-cache`; the words that follow the options come last. */
  readonly run: (words: readonly string[], settings?: CommandSettings) => Promise<CommandRun>;
};

const worlds: FakeRegistry[] = [];

/** Closes every registry. Throws where one was asked for something unexpected. */
export async function closeWorlds(): Promise<void> {
  const open = worlds.splice(0);
  await Promise.all(open.map((one) => one.close()));
  for (const one of open) one.verify();
}

/** @param served as for the registry; a name that is neither served nor absent must not be asked for */
export async function openWorld(served: FakeRegistryOptions = {}): Promise<AttackWorld> {
  const registry = await startFakeRegistry({ allowUnused: true, ...served });
  worlds.push(registry);
  const run: AttackWorld['run'] = async ([command = '', ...words], settings = {}) => {
    const { cwd, env, stdin, home = {}, format = 'json' } = settings;
    const fake = fakeIo({ ...(cwd && { cwd }), ...(env && { env }), ...(stdin && { stdin }) });
    const registries = `registry=${registry.url}\n@jsr:registry=${registry.url}\n`;
    writeHome(fake.io.home, { ...home, '.npmrc': `${registries}${home['.npmrc'] ?? ''}` });
    const before = registry.requests.length;
    const options = ['--format', format, '--no-cache', '--downloads-url', 'none'];
    const { status } = await main([command, ...options, ...words], fake.io);
    const stdout = fake.stdout();
    return {
      status,
      stdout,
      stderr: fake.stderr(),
      report: () => readReport(stdout),
      asked: registry.requests.slice(before).map(({ url }) => url),
    };
  };
  return { registry, run };
}

function writeHome(home: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
    writeFileSync(path.join(home, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

function readReport(stdout: string): Report {
  const report = JSON.parse(stdout) as Report;
  const faults = faultsInReport(report);
  if (faults.length > 0) throw new Error(`not the published schema of a report:\n${faults.join('\n')}`);
  return report;
}

/** What a report must say. What is left out here is not looked at, but for the error. */
export type Expected = {
  readonly status: 0 | 1 | 2;
  /** Its code. Default: none. */
  readonly error?: string;
  /** Each reported package, in order, as far as it is described. */
  readonly packages?: readonly Partial<
    Pick<ReportedPackage, 'name' | 'version' | 'alias' | 'source' | 'risk' | 'action'>
  >[];
  /** The codes of signals that the first package must have among others. */
  readonly signals?: readonly string[];
  /** A part of the id or reason of each line of `unchecked`, in order. */
  readonly unchecked?: readonly string[];
  /** The paths that are asked for, in any order. */
  readonly asked?: readonly string[];
};

const STATUS = { 0: 'allowed', 1: 'blocked', 2: 'undecided' } as const;

export function expectReport(run: CommandRun, expected: Expected): void {
  const report = run.report();
  const { status, error = null, packages, signals, unchecked, asked } = expected;
  expect([run.status, report.status, report.error?.code ?? null]).toEqual([status, STATUS[status], error]);
  if (packages !== undefined) expect(report.packages).toMatchObject(packages);
  if (signals !== undefined)
    expect(report.packages[0]?.signals.map(({ code }) => code)).toEqual(expect.arrayContaining([...signals]));
  if (unchecked !== undefined)
    expect(report.unchecked.map(({ id, reason }) => `${id}: ${reason}`)).toEqual(
      unchecked.map((part) => expect.stringContaining(part)),
    );
  if (asked !== undefined) expect(run.asked.toSorted()).toEqual(asked.toSorted());
}

/** One line of a table: a project, what is served, and what a check of it must say. */
export type Attack = {
  readonly attack: string;
  readonly must: string;
  readonly files: Files | ((at: { readonly registry: string; readonly host: string }) => Files);
  /** Link name to target, in the project. */
  readonly links?: Readonly<Record<string, string>>;
  /** Healthy packages that may be asked for. */
  readonly healthy?: readonly string[];
  /** Packages of yesterday with one release and no repository. */
  readonly squats?: readonly string[];
  readonly absent?: readonly string[];
  readonly served?: FakeRegistryOptions;
  /** Words after `check`. */
  readonly words?: readonly string[];
  readonly home?: Files;
  readonly expected: Expected;
};

/** Runs `check` on the project of a line, and compares. */
export async function tryAttack(one: Attack): Promise<CommandRun> {
  const { healthy = [], squats = [], absent = [], served = {}, words = [], home = {} } = one;
  const packages = [
    ...healthy.map(healthyPackage),
    ...squats.map(squat),
    ...Object.entries(served.packages ?? {}),
  ];
  const { registry, run } = await openWorld({ ...served, packages: Object.fromEntries(packages), absent });
  const at = { registry: registry.url, host: new URL(registry.url).host };
  const cwd = writeProject(typeof one.files === 'function' ? one.files(at) : one.files);
  for (const [name, target] of Object.entries(one.links ?? {})) symlinkSync(target, path.join(cwd, name));
  const ran = await run(['check', ...words], { cwd, home });
  expectReport(ran, one.expected);
  return ran;
}

function healthyPackage(name: string): readonly [string, Record<string, unknown>] {
  return [name, packument({ name })];
}

/** A package of yesterday that nobody uses. */
export function squat(name: string): readonly [string, Record<string, unknown>] {
  const created = new Date(Date.now() - 24 * 60 * 60_000).toISOString();
  return [name, packument({ name, created, versions: { '1.0.0': created }, repository: null })];
}

/** A lockfile's integrity that nothing is wrong with. */
export const INTEGRITY = `sha512-${'A'.repeat(86)}==`;

/** A package.json that asks for these; specs default to `*`. */
export function manifest(...names: readonly string[]): object {
  return {
    name: 'project',
    version: '1.0.0',
    dependencies: Object.fromEntries(names.map((name) => [name, '*'])),
  };
}

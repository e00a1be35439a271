import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeRegistry, packument, startFakeRegistry } from '../support/fake-registry.js';
import { packageLock, writeProject } from '../support/projects.js';
import { faultsInReport } from '../support/report-schema.js';
import { runCli } from '../support/run-cli.js';
import { faultsInSarif } from '../support/sarif-schema.js';

/** `npx vitest run test/e2e/golden.test.ts -u` writes test/golden anew; read the difference before you commit it. */
const FOLDER = path.resolve(import.meta.dirname, '../golden');
const FORMATS = ['text', 'json', 'sarif', 'markdown', 'github'] as const;
const INVENTED = 'express-jsonwebtoken-guard';
const MANY = Array.from({ length: 300 }, (_, index) => `zq-golden-${String(index).padStart(3, '0')}`);
const FRESH = 'zq-golden-fresh';
const DAY_MS = 86_400_000;

let registry: FakeRegistry;
beforeAll(async () => {
  const created = new Date(Date.now() - 3 * DAY_MS).toISOString();
  registry = await startFakeRegistry({
    packages: { [FRESH]: packument({ name: FRESH, created, versions: { '1.0.0': created } }) },
    absent: [INVENTED, ...MANY],
  });
});
afterAll(() => registry.close());

function projectOf(names: readonly string[], locked: Readonly<Record<string, object>> = {}): string {
  const entries = names.map((name) => [
    `node_modules/${name}`,
    { version: '1.0.0', integrity: 'sha512-AAAA' },
  ]);
  return writeProject({
    'package.json': {
      name: 'project',
      version: '1.0.0',
      dependencies: Object.fromEntries(names.map((name) => [name, '1.0.0'])),
    },
    'package-lock.json': packageLock({ ...Object.fromEntries(entries), ...locked }),
  });
}

/** Each a project, and what is said of it in every format. */
const CASES = {
  'nothing-to-judge': () => projectOf([]),
  'all-is-well': () => projectOf(['express', 'left-pad']),
  'one-invented-name': () => projectOf(['express', INVENTED]),
  'a-name-of-last-week': () => projectOf([FRESH]),
  'a-broken-lockfile': () =>
    writeProject({ 'package.json': {}, 'package-lock.json': '{"lockfileVersion": 3' }),
  '300-invented-names': () => projectOf(MANY),
} as const;

type Case = keyof typeof CASES;

async function told(name: Case, format: (typeof FORMATS)[number], more: readonly string[] = []) {
  const cwd = CASES[name]();
  const args = ['check', '--format', format, ...more];
  const where = ['--registry', registry.url, '--downloads-url', 'none', '--no-cache'];
  const summary = path.join(mkdtempSync(path.join(tmpdir(), 'phantom-guard-summary-')), 'summary.md');
  const run = await runCli([...args, ...where], { cwd, env: { GITHUB_STEP_SUMMARY: summary } });
  const golden = [
    `$ phantom-guard-install ${args.join(' ')}`,
    `# exit status ${run.status}`,
    '# stdout',
    run.stdout,
    '# stderr',
    run.stderr,
    ...(existsSync(summary) ? ['# summary of the job', readFileSync(summary, 'utf8')] : []),
  ].join('\n');
  return { ...run, golden: withoutChance(golden, cwd) };
}

/** What differs from run to run, by a word that doesn't. */
function withoutChance(text: string, cwd: string): string {
  return (
    text
      .replaceAll(registry.url, 'http://registry.example/')
      // As Markdown has it, where no address becomes a link.
      .replace(/127\.0\.0\.1&#58;&#8203;\d+/g, 'registry.example')
      .replaceAll(cwd, '/project')
      .replace(/\bin \d+(?:\.\d+)? m?s\b/g, 'in 9 ms')
      .replace(/"elapsedMs": [\d.]+/g, '"elapsedMs": 9')
      .replace(/\b\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, '2026-03-01T00:00:00.000Z')
  );
}

describe.each(Object.keys(CASES) as Case[])('a report on %s', (name) => {
  it.each(FORMATS)('as %s is as it was when somebody last looked at it', async (format) => {
    const { golden, stdout } = await told(name, format);
    await expect(golden).toMatchFileSnapshot(path.join(FOLDER, name, `${format}.txt`));
    if (format === 'json') expect(faultsInReport(JSON.parse(stdout))).toEqual([]);
    if (format === 'sarif') expect(faultsInSarif(JSON.parse(stdout))).toEqual([]);
  });
});

describe('text', () => {
  it('has colours where they are asked for', async () => {
    const cwd = CASES['one-invented-name']();
    const where = ['--registry', registry.url, '--downloads-url', 'none', '--no-cache'];
    const { stdout } = await runCli(['check', ...where], { cwd, env: { FORCE_COLOR: '1' } });
    await expect(withoutChance(stdout, cwd)).toMatchFileSnapshot(path.join(FOLDER, 'colours.ansi'));
  });

  it('is what --quiet leaves out and --verbose adds to', async () => {
    const { golden } = await told('all-is-well', 'text', ['--quiet']);
    await expect(golden).toMatchFileSnapshot(path.join(FOLDER, 'all-is-well', 'quiet.txt'));
    const { golden: more } = await told('one-invented-name', 'text', ['--verbose']);
    await expect(more).toMatchFileSnapshot(path.join(FOLDER, 'one-invented-name', 'verbose.txt'));
  });
});

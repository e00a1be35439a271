import { symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { mentionTree } from '../../../src/mentions/mention-tree.js';
import { readMentions } from '../../../src/mentions/read-mentions.js';
import type { Report } from '../../../src/model/report.js';
import { fakeIo } from '../../support/fake-io.js';
import { type FakeRegistry, packument, startFakeRegistry } from '../../support/fake-registry.js';
import { createRepository } from '../../support/git.js';
import { writeProject } from '../../support/projects.js';

let registry: FakeRegistry | null = null;
afterEach(async () => {
  await registry?.close();
  registry = null;
});

type Run = { readonly status: number; readonly stdout: string; readonly report: () => Report };

async function checkDocs(cwd: string, absent: readonly string[], ...words: readonly string[]): Promise<Run> {
  registry = await startFakeRegistry({
    packages: { 'zq-docs-real': packument({ name: 'zq-docs-real' }) },
    absent: [...absent],
    allowUnused: true,
  });
  const { io, stdout } = fakeIo({ cwd });
  const where = ['--registry', registry.url, '--downloads-url', 'none', '--no-cache'];
  const { status } = await main(['check', '--docs', ...words, ...where], io);
  await registry.close();
  return { status, stdout: stdout(), report: () => JSON.parse(stdout()) as Report };
}

const GONE = 'zq-docs-invented';
const MANIFEST = { name: 'zq-docs-project', version: '1.0.0', dependencies: { lodash: '1' } };
const FILES = {
  'package.json': MANIFEST,
  'README.md': `# x\n\nRun \`npm i ${GONE}\` and \`npm i zq-docs-real left-pad\`.\n`,
  'src/a.ts': `import a from 'lodash';\nimport b from '${GONE}/sub';\n`,
};
const PLACES = [
  { file: 'README.md', line: 3, column: 12 },
  { file: 'src/a.ts', line: 2, column: 16 },
];

describe('check --docs', () => {
  it('blocks a name that nobody owns, and says where each mention of it stands', async () => {
    const { status, report } = await checkDocs(writeProject(FILES), [GONE], '--format', 'json');
    expect(status).toBe(1);
    const { packages, summary } = report();
    expect(summary).toMatchObject({ packages: 3, notFound: 1, blocked: 1 });
    expect(packages.filter(({ risk }) => risk === 'not-found')).toMatchObject([
      {
        name: GONE,
        direct: true,
        version: null,
        requestedBy: [
          ['README.md:3:12', GONE],
          ['src/a.ts:2:16', GONE],
        ],
        locations: PLACES,
        decidedBy: 'registry',
      },
    ]);
  });

  it('allows documents whose names are known', async () => {
    const dir = writeProject({ 'README.md': '`npm i left-pad`' });
    const { status, report } = await checkDocs(dir, [], '--format', 'json', '--all');
    expect(status).toBe(0);
    expect(report().packages).toMatchObject([
      { name: 'left-pad', decidedBy: 'corpus', locations: [{ file: 'README.md', line: 1, column: 8 }] },
    ]);
  });

  it('names every place in the text, in SARIF, in annotations and in Markdown', async () => {
    const dir = writeProject(FILES);
    const { stdout: text } = await checkDocs(dir, [GONE]);
    expect(text).toContain('README.md:3:12');
    expect(text).toContain('src/a.ts:2:16');
    const sarif = JSON.parse((await checkDocs(dir, [GONE], '--format', 'sarif')).stdout) as {
      runs: { results: { locations: { physicalLocation: object }[] }[] }[];
    };
    expect(sarif.runs[0]?.results.map(({ locations }) => locations[0]?.physicalLocation)).toMatchObject(
      PLACES.map(({ file, line, column }) => ({
        artifactLocation: { uri: file },
        region: { startLine: line, startColumn: column },
      })),
    );
    const { stdout: annotations } = await checkDocs(dir, [GONE], '--format', 'github');
    expect(annotations).toMatch(/^::error file=README\.md,line=3,col=12,title=/m);
    expect(annotations).toMatch(/^::error file=src\/a\.ts,line=2,col=16,title=/m);
    const { stdout: markdown } = await checkDocs(dir, [GONE], '--format', 'markdown');
    expect(markdown.replaceAll('&#58;&#8203;', ':')).toContain('README.md:3:12<br>src/a.ts:2:16');
  });

  it('reads the files and folders that are named, and no others', async () => {
    const dir = writeProject(FILES);
    const { report } = await checkDocs(dir, [GONE], 'src', '--format', 'json');
    expect(report().packages).toMatchObject([{ name: GONE, locations: [PLACES[1]] }]);
    const both = await checkDocs(dir, [GONE], 'src/a.ts', 'README.md', '--format', 'json');
    expect(both.report().packages.find(({ name }) => name === GONE)?.locations).toEqual(PLACES);
  });

  it('takes the names of a workspace’s other projects for its own', async () => {
    const dir = createRepository({
      'package.json': { name: 'root', workspaces: ['packages/*'] },
      'packages/a/package.json': { name: 'zq-docs-a' },
      'packages/a/index.js': "import 'zq-docs-b';\nrequire('zq-docs-a/x');\n",
      'packages/b/package.json': { name: 'zq-docs-b' },
    }).dir;
    const { status, report } = await checkDocs(path.join(dir, 'packages/a'), [], '--format', 'json');
    expect([status, report().summary.packages]).toEqual([0, 0]);
  });

  it('leaves out what git ignores, what lies in node_modules, and what is made, and says so of the last', async () => {
    const { dir, write } = createRepository({
      '.gitignore': 'ignored\nnode_modules',
      'dist/x.js': `import '${GONE}'`,
    });
    write({ 'ignored/x.md': `\`npm i ${GONE}\``, 'node_modules/x/README.md': `\`npm i ${GONE}\`` });
    const { status, report } = await checkDocs(dir, [], '--format', 'json');
    expect([status, report().summary.packages]).toEqual([0, 0]);
    expect(report().unchecked.map(({ id }) => id)).toEqual(['dist']);
    const named = await checkDocs(dir, [GONE], 'dist', 'node_modules/x', '--format', 'json');
    expect(named.report().packages[0]?.locations.map(({ file }) => file)).toEqual([
      'dist/x.js',
      'node_modules/x/README.md',
    ]);
  });

  it('finds files that git doesn’t have yet', async () => {
    const { dir, write } = createRepository({ 'package.json': MANIFEST });
    write({ 'new.md': `\`npx ${GONE}\`` });
    const { report } = await checkDocs(dir, [GONE], '--format', 'json');
    expect(report().packages[0]?.locations).toEqual([{ file: 'new.md', line: 1, column: 6 }]);
  });

  it('says of large, binary and unreadable files that they were not read', async () => {
    const dir = writeProject({
      'huge.md': `\`npm i ${GONE}\`${' '.repeat(1_000_001)}`,
      'video.ts': 'G@\0\0',
      'package.json': '{',
    });
    const { status, report } = await checkDocs(dir, [], '--format', 'json');
    expect(status).toBe(0);
    expect(
      report()
        .unchecked.map(({ id }) => id)
        .toSorted(),
    ).toEqual(['huge.md', 'package.json', 'video.ts']);
  });

  it('does not follow links out of the project', async () => {
    const outside = writeProject({ 'secret.md': `\`npm i ${GONE}\``, 'docs/a.md': `\`npm i ${GONE}\`` });
    const dir = writeProject({ 'AGENTS.md': '`npm i left-pad`' });
    symlinkSync(path.join(outside, 'secret.md'), path.join(dir, 'link.md'));
    symlinkSync(path.join(outside, 'docs'), path.join(dir, 'docs'));
    symlinkSync('AGENTS.md', path.join(dir, 'CLAUDE.md'));
    const { report } = await checkDocs(dir, [], '--format', 'json', '--all');
    expect(report().packages.map(({ name }) => name)).toEqual(['left-pad']);
    expect(report().unchecked.map(({ id }) => id)).toContain('link.md');
  });

  it('asks about a name of a scope nobody but the registry of that scope', async () => {
    const scoped = await startFakeRegistry({ packages: {}, absent: ['@zq-docs/invented'] });
    const dir = writeProject({
      'package.json': MANIFEST,
      '.npmrc': `@zq-docs:registry=${scoped.url}`,
      'docs/a.md': '`npm i @zq-docs/invented`',
    });
    const { report } = await checkDocs(dir, [], 'docs', '--format', 'json');
    await scoped.close();
    // Such a registry hides what it doesn't show to everybody: no verdict.
    expect(report()).toMatchObject({ summary: { unknown: 1 }, stats: { registryRequests: 1 } });
  });

  it('does not guess: a path that is not there, and --since, are wrong usage', async () => {
    const dir = writeProject(FILES);
    for (const [words, code] of [
      [['nowhere.md'], 'INPUT_NOT_FOUND'],
      [['--since', 'HEAD'], 'USAGE'],
    ] as const) {
      const { status, report } = await checkDocs(dir, [], ...words, '--format', 'json');
      expect([status, report().error?.code]).toEqual([2, code]);
    }
  });

  it('asks nobody when offline, and doesn’t pass for a verdict', async () => {
    const { status, report } = await checkDocs(writeProject(FILES), [], '--offline', '--format', 'json');
    expect([status, report().error?.code, report().summary.unknown]).toEqual([2, 'REGISTRY_UNAVAILABLE', 2]);
  });
});

describe('the files of a project', () => {
  it('that are too many are said to be left out', async () => {
    const root = writeProject({
      'a.md': '`npx zq-a`',
      'b.md': '`npx zq-b`',
      'c.md': '`npx zq-c`',
      'd.txt': '',
    });
    const files = ['a.md', 'b.md', 'c.md', 'd.txt'];
    const found = await readMentions({ root, context: files, files, mostFiles: 2 });
    expect([...found.byFile.keys()]).toEqual(['a.md', 'b.md']);
    expect(found.unchecked).toMatchObject([
      { id: 'files', reason: expect.stringContaining('1 of 3') as string },
    ]);
  });

  it('are not read on when the run is ended', async () => {
    const root = writeProject({ 'a.md': '`npx zq-a`' });
    const reading = readMentions({ root, context: [], files: ['a.md'], signal: AbortSignal.abort() });
    await expect(reading).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });

  it('give no name of a command that is installed, by manifest, lockfile or node_modules/.bin', async () => {
    const root = writeProject({
      'package.json': { bin: { 'zq-own-bin': 'x' } },
      'package-lock.json': { packages: { 'node_modules/x': { bin: { 'zq-locked-bin': 'x' } } } },
      'node_modules/.bin/zq-installed-bin': '',
      'a.sh': 'npx zq-own-bin && npx zq-locked-bin && npx zq-installed-bin && npx zq-other-bin',
    });
    const files = ['package.json', 'package-lock.json', 'a.sh'];
    const { tree } = mentionTree(await readMentions({ root, context: files, files }));
    expect(tree.entries.map(({ name }) => name)).toEqual(['zq-other-bin']);
  });

  it('that git lists by names with odd characters are read', async () => {
    const { dir } = createRepository({ 'dé f/ü "x".md': `\`npx ${GONE}\`` });
    writeFileSync(path.join(dir, 'package.json'), '{}');
    const { report } = await checkDocs(dir, [GONE], '--format', 'json');
    expect(report().packages[0]?.locations).toEqual([{ file: 'dé f/ü "x".md', line: 1, column: 6 }]);
  });
});

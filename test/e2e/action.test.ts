import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { publishGuard } from '../matrix/published-guard.js';
import { type ActionOptions, type ActionRun, runAction } from '../support/action-runner.js';
import { createRepository } from '../support/git.js';
import { packageLock, writeFiles, writeProject } from '../support/projects.js';
import { startTarballRegistry, type TarballRegistry } from '../support/tarball-registry.js';

const HEALTHY = 'zq-action-healthy';
const INVENTED = 'zq-action-invented';

let registry: TarballRegistry;
beforeAll(async () => {
  const versions = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`1.${index}.0`, {}]));
  registry = await startTarballRegistry([{ name: HEALTHY, versions, ageDays: 6 * 365 }]);
  publishGuard(registry);
});
afterAll(() => registry.close());

function entryOf(name: string) {
  return name === HEALTHY
    ? registry.lockEntry(name, '1.0.0')
    : { version: '1.0.0', integrity: `sha512-${'A'.repeat(86)}==` };
}

function project(...names: readonly string[]) {
  return {
    'package.json': {
      name: 'project',
      version: '1.0.0',
      dependencies: Object.fromEntries(names.map((name) => [name, '1.0.0'])),
    },
    'package-lock.json': packageLock(
      Object.fromEntries(names.map((name) => [`node_modules/${name}`, entryOf(name)])),
    ),
  };
}

/** The action on a runner whose npm takes the guard from the registry of the test, which is also asked about packages. */
function run(options: ActionOptions): Promise<ActionRun> {
  return runAction({
    ...options,
    env: { npm_config_registry: registry.url, ...options.env },
    inputs: { registry: registry.url, 'downloads-url': 'none', ...options.inputs },
  });
}

function readReport({ outputs }: ActionRun): Report {
  return JSON.parse(readFileSync(outputs['report'] ?? '', 'utf8')) as Report;
}

describe('the action on a project with an invented name', () => {
  let ran: ActionRun;
  let workspace: string;
  beforeAll(async () => {
    workspace = writeProject(project(HEALTHY, INVENTED));
    ran = await run({ workspace, inputs: { 'sarif-file': 'guard.sarif', comment: 'comment.md' } });
  });

  it('fails the step, and says in its outputs why', () => {
    expect(ran.status).toBe(1);
    expect(ran.outputs).toMatchObject({ status: 'blocked', 'exit-status': '1', blocked: '1' });
    expect(readReport(ran)).toMatchObject({
      status: 'blocked',
      packages: [{ name: INVENTED, risk: 'not-found' }],
    });
  });

  it('annotates the line of the lockfile, and fills the summary of the job once', () => {
    const annotations = ran.stdout.split('\n').filter((line) => line.startsWith('::error'));
    expect(annotations).toHaveLength(1);
    expect(annotations[0]).toMatch(new RegExp(`^::error file=package-lock\\.json,line=\\d+,.*${INVENTED}`));
    expect(ran.summary.split('<!-- phantom-guard-install -->')).toHaveLength(2);
    expect(ran.summary).toContain(INVENTED);
  });

  it('writes SARIF and the comment into the workspace', () => {
    const sarif = JSON.parse(readFileSync(path.join(workspace, 'guard.sarif'), 'utf8'));
    expect(sarif).toMatchObject({ version: '2.1.0', runs: [{ results: [{ level: 'error' }] }] });
    expect(readFileSync(path.join(workspace, 'comment.md'), 'utf8')).toMatch(
      /^<!-- phantom-guard-install -->/,
    );
  });

  it('lets no line be taken for a command but what the format github prints', () => {
    const lines = ran.stdout.split('\n').filter((line) => line.startsWith('::'));
    const [stop = '', ...rest] = lines;
    expect(stop).toMatch(/^::stop-commands::[0-9a-f-]{36}$/);
    expect(rest[0]).toBe(`::${stop.slice('::stop-commands::'.length)}::`);
    expect(lines.filter((line) => line.startsWith('::stop-commands::'))).toHaveLength(4);
  });
});

describe('the action on a healthy project', () => {
  it('passes, and asks nobody for a program of the project', async () => {
    const workspace = writeProject({
      ...project(HEALTHY),
      '.npmrc': 'registry=http://127.0.0.1:9/\n',
      'node_modules/.bin/phantom-guard-install': '#!/bin/sh\ntouch ran-the-projects\n',
      'node_modules/phantom-guard-install/package.json': { name: 'phantom-guard-install', version: '9.9.9' },
    });
    const ran = await run({ workspace });
    expect(ran.status).toBe(0);
    expect(ran.outputs).toMatchObject({ status: 'allowed', 'exit-status': '0', blocked: '0' });
    expect(readReport(ran).tool.version).toBe(
      (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version,
    );
    expect(existsSync(path.join(workspace, 'ran-the-projects'))).toBe(false);
  });

  it('judges the project of "path", with the words of "args"', async () => {
    const files = Object.entries(project(HEALTHY)).map(([name, content]) => [`an app/${name}`, content]);
    const workspace = writeProject(Object.fromEntries(files));
    const ran = await run({ workspace, inputs: { path: 'an app', args: '--all\n  --concurrency=2  \n\n' } });
    expect(ran.status).toBe(0);
    expect(readReport(ran).packages).toMatchObject([{ name: HEALTHY, risk: 'safe' }]);
  });
});

describe('the action on a pull request', () => {
  function pullRequest() {
    const { dir, git, commit } = createRepository(project(INVENTED));
    const baseSha = git('rev-parse', 'HEAD');
    commit(project(INVENTED, HEALTHY));
    return { dir, git, event: { name: 'pull_request', baseSha } };
  }

  it('judges what the change brings', async () => {
    const { dir, event } = pullRequest();
    const ran = await run({ workspace: dir, event });
    expect(ran.status).toBe(0);
    expect(readReport(ran)).toMatchObject({ since: { ref: event.baseSha }, summary: { packages: 1 } });
  });

  it('fetches the base where the clone has no history', async () => {
    const { dir, git, event } = pullRequest();
    const clone = writeProject({});
    git('config', 'uploadpack.allowAnySHA1InWant', 'true');
    git('clone', '--quiet', '--depth=1', `file://${dir}`, clone);
    const ran = await run({ workspace: clone, event });
    expect(ran.status).toBe(0);
    expect(readReport(ran)).toMatchObject({ since: { commit: event.baseSha } });
  });

  it('judges everything, and says so, where the base can not be had', async () => {
    const { dir, event } = pullRequest();
    const ran = await run({ workspace: dir, event: { ...event, baseSha: '0'.repeat(39).concat('1') } });
    expect(ran.status).toBe(1);
    expect(readReport(ran)).toMatchObject({ since: null, packages: [{ name: INVENTED }] });
    expect(ran.stdout).toMatch(/^::notice /m);
  });

  it('starts nothing that a repository within the change names', async () => {
    const { dir, event } = pullRequest();
    const bare = path.join(dir, 'app');
    execFileSync('git', ['init', '--quiet', '--bare', bare]);
    const pwned = path.join(dir, 'pwned');
    const config = `[core]\n\tsshCommand = touch ${pwned};\n[remote "origin"]\n\turl = ssh://127.0.0.1/x\n`;
    appendFileSync(path.join(bare, 'config'), config);
    writeFiles(bare, project(HEALTHY));
    const ran = await run({ workspace: dir, event, inputs: { path: 'app' } });
    expect(ran.status).toBe(0);
    expect(existsSync(pwned)).toBe(false);
  });

  it('judges everything with "none", and where the event is another', async () => {
    const { dir, event } = pullRequest();
    const all = await run({ workspace: dir, event, inputs: { since: 'none' } });
    const target = await run({ workspace: dir, event: { ...event, name: 'pull_request_target' } });
    expect([all.status, target.status]).toEqual([1, 1]);
  });

  it('could not decide where a ref of the workflow is unknown', async () => {
    const { dir, event } = pullRequest();
    const ran = await run({ workspace: dir, event, inputs: { since: 'no-such-branch' } });
    expect(ran.status).toBe(2);
    expect(ran.outputs).toMatchObject({ status: 'undecided', 'exit-status': '2', blocked: '0' });
    expect(readReport(ran).error?.code).toBe('SINCE_UNUSABLE');
  });
});

describe('hostile inputs of the action', () => {
  it.each([
    ['path', '"; touch pwned; "'],
    ['path', 'a\nstatus=allowed'],
    ['since', '$(touch pwned)'],
    ['since', 'main\nstatus=allowed'],
    ['fail-on', '`touch pwned`'],
    ['format', "'; touch pwned #"],
    ['version', '1.0.0; touch pwned'],
    ['registry', '--output=pwned'],
    ['downloads-url', '" || touch pwned'],
    ['offline', 'true; touch pwned'],
    ['args', '--all; touch pwned'],
  ])('%s with %j starts nothing, sets no output and is not allowed', async (name, value) => {
    const workspace = writeProject(project(HEALTHY));
    const ran = await run({ workspace, inputs: { [name]: value } });
    expect(ran.status).toBe(2);
    expect(ran.outputs).toMatchObject({ status: 'undecided', 'exit-status': '2' });
    expect(existsSync(path.join(workspace, 'pwned'))).toBe(false);
  });

  it('files are named as they are, whatever is in the name', async () => {
    const workspace = writeProject(project(HEALTHY));
    const [sarif, comment] = ['"; touch pwned; "\nstatus=blocked', '$(touch pwned)'];
    const ran = await run({ workspace, inputs: { 'sarif-file': sarif, comment } });
    expect(ran.outputs).toMatchObject({ status: 'allowed' });
    expect(readdirSync(workspace)).toEqual(expect.arrayContaining([sarif, comment]));
    expect(existsSync(path.join(workspace, 'pwned'))).toBe(false);
  });

  it('args are no way to judge nothing', async () => {
    const workspace = writeProject(project(INVENTED));
    const ran = await run({ workspace, inputs: { args: '--help' } });
    expect(ran.status).toBe(2);
    expect(ran.outputs).toMatchObject({ status: 'undecided' });
  });

  it.each([
    'latest',
    '^0.1.0',
    'npm:zq-action-healthy@1.0.0',
    'file:.',
    '1.0.0 --registry=http://127.0.0.1:9',
  ])('version %s is refused', async (version) => {
    const ran = await run({ workspace: writeProject(project(HEALTHY)), inputs: { version } });
    expect(ran.status).toBe(2);
    expect(ran.stdout).toMatch(/^::error title=phantom-guard-install::/m);
  });

  it('a version that nobody published can not decide', async () => {
    const ran = await run({ workspace: writeProject(project(HEALTHY)), inputs: { version: '99.0.0' } });
    expect(ran.status).toBe(2);
    expect(ran.outputs).toMatchObject({ status: 'undecided', blocked: '0', report: '' });
  });
});

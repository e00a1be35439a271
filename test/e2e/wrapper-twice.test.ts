import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardedUser, guardedWords, start } from '../support/guarded-process.js';
import { writeProject } from '../support/projects.js';
import type { ProcessRun } from '../support/run-process.js';
import { startTarballRegistry, type TarballRegistry } from '../support/tarball-registry.js';

const NAME = 'zq-twice-one';
const OTHER = 'zq-twice-other';
let registry: TarballRegistry;
beforeAll(async () => {
  registry = await startTarballRegistry([
    ...[NAME, OTHER].map((name) => ({
      name,
      ageDays: 2_000,
      versions: { '1.0.0': {}, '1.1.0': {}, '1.2.0': {} },
    })),
  ]);
});
afterAll(() => registry.close());

function newProject(scripts: Readonly<Record<string, string>> = {}): string {
  const dependencies = { [NAME]: '^1.0.0' };
  return writeProject({ 'package.json': { name: 'project', version: '1.0.0', scripts, dependencies } });
}

describe('two guarded installs of one project at once', () => {
  it('one works, the other refuses, and the project is whole', async () => {
    const cwd = newProject();
    const user = guardedUser(registry.url);
    const again = (): Promise<ProcessRun> => start(guardedWords('npm', 'install'), { ...user, cwd }).ended;
    let second: Promise<ProcessRun> | null = null;
    registry.onRequest(async () => {
      second ??= again();
      await second;
    });
    const first = await again();
    registry.onRequest(() => undefined);
    const refused = await (second ?? again());
    expect([first.status, refused.status]).toEqual([0, 2]);
    expect(refused.stderr).toContain('PROJECT_BUSY');
    expect(existsSync(path.join(cwd, 'node_modules', NAME, 'package.json'))).toBe(true);
    expect(readFileSync(path.join(cwd, 'package-lock.json'), 'utf8')).toContain(`node_modules/${NAME}`);
    expect((await start(['npm', 'ls'], { ...user, cwd }).ended).status).toBe(0);
  });

  it('is not refused to a script of the first one, and what it installs stays', async () => {
    const nested = guardedWords('npm', 'install', OTHER)
      .map((word) => `'${word}'`)
      .join(' ');
    const cwd = newProject({
      postinstall: `[ -n "$NESTED" ] || { NESTED=1 ${nested} && echo nested > done; }`,
    });
    const { status, stderr } = await start(guardedWords('npm', 'install'), {
      ...guardedUser(registry.url),
      cwd,
    }).ended;
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(existsSync(path.join(cwd, 'done'))).toBe(true);
    expect(existsSync(path.join(cwd, 'node_modules', OTHER))).toBe(true);
  });
});

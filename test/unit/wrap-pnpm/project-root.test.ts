import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { pnpmRoot } from '../../../src/wrap-pnpm/project-root.js';
import { writeProject } from '../../support/projects.js';

const WORKSPACE = { 'pnpm-workspace.yaml': '', 'packages/app/package.json': {}, 'packages/app/src/a.js': '' };

describe('the folder in which pnpm works', () => {
  it('is that of the workspace around it', async () => {
    const dir = writeProject(WORKSPACE);
    for (const below of ['', 'packages/app', 'packages/app/src'])
      expect(await pnpmRoot(path.join(dir, below), false)).toBe(dir);
  });

  it('is that of the project, where there is no workspace or it is to be ignored', async () => {
    const dir = writeProject(WORKSPACE);
    expect(await pnpmRoot(path.join(dir, 'packages/app/src'), true)).toBe(path.join(dir, 'packages/app'));
    const alone = writeProject({ 'package.json': {}, 'src/a.js': '' });
    expect(await pnpmRoot(path.join(alone, 'src'), false)).toBe(alone);
  });

  it('is itself where there is neither', async () => {
    const dir = writeProject({ 'src/a.js': '' });
    expect(await pnpmRoot(path.join(dir, 'src'), false)).toBe(path.join(dir, 'src'));
  });
});

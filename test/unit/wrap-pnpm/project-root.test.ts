import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { pnpmRoot } from '../../../src/wrap-pnpm/project-root.js';
import { writeProject } from '../../support/projects.js';

const workspace = () =>
  writeProject({
    'pnpm-workspace.yaml': 'packages: ["packages/*"]\n',
    'package.json': {},
    'packages/a/package.json': {},
    'packages/a/src/index.js': '',
  });

describe('the root of a project of pnpm', () => {
  it('is that of the workspace around it', async () => {
    const root = workspace();
    expect(await pnpmRoot(path.join(root, 'packages/a/src'), false)).toBe(root);
  });

  it('is the nearest manifest where workspaces are ignored', async () => {
    const root = workspace();
    expect(await pnpmRoot(path.join(root, 'packages/a/src'), true)).toBe(path.join(root, 'packages/a'));
  });

  it('is the folder itself where there is neither', async () => {
    const empty = writeProject({ 'notes.txt': '' });
    expect(await pnpmRoot(empty, false)).toBe(empty);
  });
});

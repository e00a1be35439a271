import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeProject } from '../../support/projects.js';
import { runProcess } from '../../support/run-process.js';

const SCRIPTS = path.resolve(import.meta.dirname, '../../../scripts');
const CHANGELOG = [
  '# Changelog',
  '## Unreleased',
  '',
  '## [1.2.3] - 2026-11-30',
  '',
  '- Works.',
  '',
  '## 1.2.2',
  '',
  '',
];

async function run(script: string, tag: string, version = '1.2.3', gateway = version) {
  const cwd = writeProject({
    'package.json': { version },
    'package-lock.json': { version },
    'gateway/package.json': { version: gateway },
    'CHANGELOG.md': CHANGELOG.join('\n'),
  });
  return await runProcess(process.execPath, [path.join(SCRIPTS, script), tag], { cwd, env: {} });
}

describe('a release', () => {
  it('is the version of the tag, with a section in the changelog', async () => {
    expect(await run('check-release.mjs', 'v1.2.3')).toMatchObject({ status: 0, stderr: '' });
    expect((await run('release-notes.mjs', 'v1.2.3')).stdout).toBe('- Works.\n');
  });

  it.each([
    ['another version', 'v1.2.4', '1.2.3'],
    ['a version whose section is empty', 'v1.2.2', '1.2.2'],
    ['a version without a section', 'v1.2.1', '1.2.1'],
    ['what is not released yet', 'vUnreleased', 'Unreleased'],
  ])('is not %s', async (_, tag, version) => {
    expect(await run('check-release.mjs', tag, version)).toMatchObject({ status: 1 });
  });

  it('is not one whose gateway has another version', async () => {
    const refused = await run('check-release.mjs', 'v1.2.3', '1.2.3', '1.2.2');
    expect(refused).toMatchObject({ status: 1, stderr: 'gateway/package.json says 1.2.2\n' });
  });
});

import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { replaceFile } from '../../../src/config/replace-file.js';
import { writeProject } from '../../support/projects.js';

it('a write that fails leaves nothing behind', async () => {
  const folder = writeProject({});
  mkdirSync(path.join(folder, 'taken'));
  await expect(replaceFile(path.join(folder, 'taken'), 'text')).rejects.toMatchObject({
    code: 'OUTPUT_UNWRITABLE',
  });
  expect(readdirSync(folder)).toEqual(['taken']);
});

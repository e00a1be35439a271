import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedPages } from '../../../scripts/docs/generated-pages.js';
import { KEY_EXAMPLES } from '../../../scripts/docs/key-examples.js';
import { parseConfig } from '../../../src/config/parse-config.js';
import { configFile } from '../config/support.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');

describe('a generated page', () => {
  it.each(generatedPages())('$file is as the code makes it', ({ file, text }) => {
    expect(readFileSync(path.join(ROOT, file), 'utf8')).toBe(text);
  });
});

describe('the examples of the configuration', () => {
  it('are accepted by the program', () => {
    expect(parseConfig(configFile(KEY_EXAMPLES, 'user')).failOn).toBe('suspicious');
  });
});

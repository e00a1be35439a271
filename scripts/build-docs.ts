// Writes the pages of docs/ that are made from the code; with --check it only compares: node scripts/run-ts.mjs scripts/build-docs.ts
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generatedPages } from './docs/generated-pages.js';

function present(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

for (const { file, text } of generatedPages()) {
  if (!process.argv.includes('--check')) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  } else if (present(file) !== text) {
    console.error(`${file} is out of date: run "npm run build:docs"`);
    process.exitCode = 1;
  }
}

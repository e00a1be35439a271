// Writes the published schemas; with --check it only compares: node scripts/run-ts.mjs scripts/build-schemas.ts
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { configJsonSchemaText } from './config-json-schema.js';
import { reportJsonSchemaText } from './report-json-schema.js';

const FOLDER = path.resolve('schemas');
const TEXTS = {
  'config.schema.json': configJsonSchemaText(),
  'report.schema.json': reportJsonSchemaText(),
} as const;

function present(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

mkdirSync(FOLDER, { recursive: true });
for (const [name, text] of Object.entries(TEXTS)) {
  const file = path.join(FOLDER, name);
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (present(file) !== text) {
    console.error(`${file} is out of date: run "npm run build:schemas"`);
    process.exitCode = 1;
  }
}

// Writes schemas/config.schema.json; with --check it only compares: node scripts/run-ts.mjs scripts/build-schemas.ts
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { configJsonSchemaText } from './config-json-schema.js';

const FILE = path.resolve('schemas/config.schema.json');

function present(): string {
  try {
    return readFileSync(FILE, 'utf8');
  } catch {
    return '';
  }
}

const text = configJsonSchemaText();
if (process.argv.includes('--check')) {
  if (present() !== text) {
    console.error(`${FILE} is out of date: run "npm run build:schemas"`);
    process.exitCode = 1;
  }
} else {
  mkdirSync(path.dirname(FILE), { recursive: true });
  writeFileSync(FILE, text);
}

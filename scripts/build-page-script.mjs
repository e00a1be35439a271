// Writes src/report/html/page-script.ts, the script of HTML reports, from page/: node scripts/build-page-script.mjs [--check]
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const FILE = 'src/report/html/page-script.ts';

const { outputFiles } = await build({
  entryPoints: ['page/main.ts'],
  bundle: true,
  write: false,
  format: 'iife',
  target: 'es2022',
  charset: 'ascii',
  // Left readable: who reviews a report can read what runs in it.
  minify: false,
  // In a string of TypeScript they look like a mistake.
  supported: { 'template-literal': false },
  logLevel: 'warning',
});
const code = (outputFiles[0]?.text ?? '').replace(/^ *\/\/.*\n/gm, '');
if (/<\/script|<!--/i.test(code)) throw new Error('the script would end the element that it stands in');
const quoted = code
  .replace(/[\\']/g, '\\$&')
  .trimEnd()
  .split('\n')
  .map((line) => `  '${line}',\n`)
  .join('');
const text = `// Made from page/ by "npm run build:page-script": change it there.

/** What makes a report's table sort, filter and open. Bundled, and the same in every report. */
export const PAGE_SCRIPT = [
${quoted}].join('\\n');
`;
if (!process.argv.includes('--check')) writeFileSync(FILE, text);
else if (readFileSync(FILE, 'utf8') !== text) {
  console.error(`${FILE} is out of date: run "npm run build:page-script"`);
  process.exitCode = 1;
}

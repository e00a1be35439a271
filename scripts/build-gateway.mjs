// Builds the package verdaccio-phantom-guard: gateway/ with its bundle and the bundled names. With an argument it is put together
// in that folder, else in place.
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';

const target = path.resolve(process.argv[2] ?? 'gateway');
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const stamp = String(readFileSync('data/names.bin').readUInt32LE(12));
const dataDate = stamp.replace(/(....)(..)(..)/, '$1-$2-$3');

for (const folder of ['dist', 'data']) rmSync(path.join(target, folder), { recursive: true, force: true });
mkdirSync(path.join(target, 'data'), { recursive: true });
for (const file of readdirSync('gateway', { withFileTypes: true })) {
  if (file.isFile() && target !== path.resolve('gateway'))
    cpSync(path.join('gateway', file.name), path.join(target, file.name));
}
for (const file of readdirSync('data').filter((name) => name.endsWith('.bin')))
  copyFileSync(path.join('data', file), path.join(target, 'data', file));
copyFileSync('LICENSE', path.join(target, 'LICENSE'));

const bundle = await rolldown({
  input: { index: 'src/gateway/index.ts' },
  platform: 'node',
  treeshake: { propertyReadSideEffects: false },
  resolve: { alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' } },
  external: ['@napi-rs/nice'],
  transform: {
    target: 'node20.18',
    define: {
      __PHANTOM_GUARD_VERSION__: JSON.stringify(version),
      __PHANTOM_GUARD_DATA_DATE__: JSON.stringify(dataDate),
    },
  },
  checks: { ineffectiveDynamicImport: false },
});
await bundle.write({
  dir: path.join(target, 'dist'),
  format: 'esm',
  chunkFileNames: 'chunks/[name]-[hash].js',
  minify: true,
  banner: 'const __dirname = import.meta.dirname;',
});
await bundle.close();
// The package is CommonJS for Verdaccio 5, what it imports is not.
writeFileSync(path.join(target, 'dist/package.json'), '{ "type": "module" }\n');

// Builds the package verdaccio-phantom-guard: gateway/ with its bundle and the bundled names. With an argument it is put together
// in that folder, else in place.
import { copyFileSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { INPUT, OUTPUT } from './bundle-options.mjs';

const target = path.resolve(process.argv[2] ?? 'gateway');

for (const folder of ['dist', 'data']) rmSync(path.join(target, folder), { recursive: true, force: true });
mkdirSync(path.join(target, 'data'), { recursive: true });
for (const file of readdirSync('gateway', { withFileTypes: true })) {
  if (file.isFile() && target !== path.resolve('gateway'))
    cpSync(path.join('gateway', file.name), path.join(target, file.name));
}
for (const file of readdirSync('data').filter((name) => name.endsWith('.bin')))
  copyFileSync(path.join('data', file), path.join(target, 'data', file));
copyFileSync('LICENSE', path.join(target, 'LICENSE'));

const bundle = await rolldown({ ...INPUT, input: { index: 'src/gateway/index.ts' } });
await bundle.write({ ...OUTPUT, dir: path.join(target, 'dist') });
await bundle.close();
// The package is CommonJS for Verdaccio 5, what it imports is not.
writeFileSync(path.join(target, 'dist/package.json'), '{ "type": "module" }\n');

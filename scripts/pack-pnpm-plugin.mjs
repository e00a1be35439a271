// Packs pnpm-plugin-phantom-guard from the built repository: npm run pack:pnpm-plugin [-- --to FOLDER]. Without a folder
// nothing is kept, and it is only checked that nothing else got in.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pluginFiles, pluginManifest } from './plugin-files.mjs';

const EXPECTED =
  /^(package\.json|README\.md|LICENSE|pnpmfile\.cjs|plugin\.cjs|hooks\/pnpmfile\.cjs|data\/(names|snapshot)\.bin|dist\/THIRD-PARTY-NOTICES\.txt|dist\/pnpm-hook\.js|dist\/workers\/look-up-facts\.js|dist\/chunks\/[\w.-]+\.js)$/;

const { values } = parseArgs({ options: { to: { type: 'string' } } });
const folder = mkdtempSync(path.join(tmpdir(), 'phantom-guard-plugin-'));
try {
  for (const [to, from] of Object.entries(pluginFiles())) {
    const place = path.join(folder, 'package', to);
    mkdirSync(path.dirname(place), { recursive: true });
    copyFileSync(from, place);
  }
  const manifest = `${JSON.stringify(pluginManifest(), null, 2)}\n`;
  writeFileSync(path.join(folder, 'package', 'package.json'), manifest);
  const destination = path.resolve(values.to ?? folder);
  mkdirSync(destination, { recursive: true });
  const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', destination];
  const said = execFileSync('npm', words, { cwd: path.join(folder, 'package'), encoding: 'utf8' });
  const [{ filename, files, size, unpackedSize, integrity }] = JSON.parse(said);
  for (const file of files) console.log(`${String(file.size).padStart(9)}  ${file.path}`);
  console.log(`${files.length} files, ${size} bytes packed, ${unpackedSize} bytes unpacked`);
  const paths = files.map((file) => file.path);
  const unexpected = paths.filter((file) => !EXPECTED.test(file));
  if (unexpected.length > 0) throw new Error(`not meant to be published: ${unexpected.join(', ')}`);
  const missing = Object.keys(pluginFiles()).filter((file) => !paths.includes(file));
  if (missing.length > 0) throw new Error(`not packed: ${missing.join(', ')}`);
  if (values.to !== undefined) console.log(`${path.join(destination, filename)}\n${integrity}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

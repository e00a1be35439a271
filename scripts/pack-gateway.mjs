// Packs verdaccio-phantom-guard: npm run pack:gateway [-- --to FOLDER]. Without a folder nothing is kept, and it is only checked that
// nothing is missing and nothing else got in.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const EXPECTED =
  /^(package\.json|README\.md|LICENSE|index\.cjs|start\.mjs|data\/(names|snapshot)\.bin|dist\/(index\.js|package\.json|THIRD-PARTY-NOTICES\.txt|chunks\/[\w.-]+\.js)|fleet\/(Dockerfile|compose\.yaml|haproxy\.cfg|health\.cjs|npm-gateway@\.service|secrets\.sh|start\.sh|conf\/(config\.yaml|htpasswd|phantom-guard\.config\.json)))$/;
const NEEDED = [
  'package.json',
  'README.md',
  'LICENSE',
  'index.cjs',
  'start.mjs',
  'data/names.bin',
  'data/snapshot.bin',
  'dist/index.js',
  'dist/package.json',
  'dist/THIRD-PARTY-NOTICES.txt',
  'fleet/Dockerfile',
  'fleet/compose.yaml',
  'fleet/conf/config.yaml',
  'fleet/conf/htpasswd',
  'fleet/conf/phantom-guard.config.json',
  'fleet/haproxy.cfg',
  'fleet/health.cjs',
  'fleet/npm-gateway@.service',
  'fleet/secrets.sh',
  'fleet/start.sh',
];
/** Nearly all of it is the bundled names. */
const MOST_BYTES = 9_000_000;

const { values } = parseArgs({ options: { to: { type: 'string' } } });
const folder = mkdtempSync(path.join(tmpdir(), 'phantom-guard-gateway-'));
try {
  const built = path.join(folder, 'package');
  execFileSync(process.execPath, ['scripts/build-gateway.mjs', built], { stdio: 'inherit' });
  const manifest = JSON.parse(readFileSync('gateway/package.json', 'utf8'));
  for (const file of manifest.files.filter((name) => name.startsWith('fleet/')))
    cpSync(path.join('gateway', file), path.join(built, file), { recursive: true });
  const destination = path.resolve(values.to ?? folder);
  mkdirSync(destination, { recursive: true });
  const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', destination];
  const [{ filename, files, size, unpackedSize, integrity }] = JSON.parse(
    execFileSync('npm', words, { cwd: built, encoding: 'utf8' }),
  );
  for (const file of files) console.log(`${String(file.size).padStart(9)}  ${file.path}`);
  console.log(`${files.length} files, ${size} bytes packed, ${unpackedSize} bytes unpacked`);
  const paths = files.map((file) => file.path);
  const unexpected = paths.filter((file) => !EXPECTED.test(file));
  if (unexpected.length > 0) throw new Error(`not meant to be published: ${unexpected.join(', ')}`);
  const missing = NEEDED.filter((file) => !paths.includes(file));
  if (missing.length > 0) throw new Error(`not packed: ${missing.join(', ')}`);
  if (size > MOST_BYTES) throw new Error(`${size} bytes packed, of ${MOST_BYTES} at most`);
  if (values.to !== undefined) console.log(`${path.join(destination, filename)}\n${integrity}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

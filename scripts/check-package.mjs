// Checks the package as it would be published: its file list, its entry points and its types.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const EXPECTED =
  /^(data\/(names|snapshot)\.bin|hooks\/(README\.md|(pnpmfile(-stub)?|preinstall|prepare-clone|ready-npm|resolve-only(-ask)?)\.cjs|script-shell)|schemas\/(config|report)\.schema\.json|dist\/workers\/[\w.-]+|dist\/THIRD-PARTY-NOTICES\.txt|dist\/(cli|index|pnpm-hook)\.js(\.map)?|dist\/chunks\/[\w.-]+|dist\/types\/[\w./-]+\.d\.ts|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/;

const run = (command, args, options = {}) => execFileSync(command, args, { encoding: 'utf8', ...options });

const folder = mkdtempSync(path.join(tmpdir(), 'phantom-guard-package-'));
try {
  check(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Packs what is built into `folder` and checks that: `attw --pack` would build dist/ anew, under whatever else uses it. */
function check(folder) {
  const [packed] = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
  const unexpected = packed.files.map((file) => file.path).filter((path) => !EXPECTED.test(path));
  for (const file of packed.files) console.log(`${String(file.size).padStart(9)}  ${file.path}`);
  console.log(
    `${packed.files.length} files, ${packed.size} bytes packed, ${packed.unpackedSize} bytes unpacked`,
  );
  const gate = packed.files.find((file) => file.path === 'hooks/script-shell');
  if (gate === undefined || (gate.mode & 0o111) === 0)
    throw new Error('hooks/script-shell must be executable');
  if (!packed.files.some((file) => file.path === 'dist/THIRD-PARTY-NOTICES.txt'))
    throw new Error('whose code is bundled is not said');
  if (unexpected.length > 0) throw new Error(`not meant to be published: ${unexpected.join(', ')}`);

  run('npx', ['--no-install', 'publint', '--strict'], { stdio: 'inherit' });
  const tarball = path.join(folder, packed.filename);
  run('npx', ['--no-install', 'attw', tarball, '--profile', 'esm-only'], { stdio: 'inherit' });
}

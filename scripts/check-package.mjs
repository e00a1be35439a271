// Checks the package as it would be published: its file list, its entry points and its types.
import { execFileSync } from 'node:child_process';

const EXPECTED =
  /^(data\/(names|snapshot)\.bin|hooks\/(README\.md|(pnpmfile(-stub)?|preinstall|prepare-clone|ready-npm|resolve-only(-ask)?)\.cjs|script-shell)|schemas\/(config|report)\.schema\.json|dist\/workers\/[\w.-]+|dist\/(cli|index|pnpm-hook)\.js(\.map|\.LEGAL\.txt)?|dist\/chunks\/[\w.-]+|dist\/types\/[\w./-]+\.d\.ts|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/;

const run = (command, args, options = {}) => execFileSync(command, args, { encoding: 'utf8', ...options });

const [packed] = JSON.parse(
  run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { stdio: ['ignore', 'pipe', 'inherit'] }),
);
const unexpected = packed.files.map(({ path }) => path).filter((path) => !EXPECTED.test(path));
for (const { path, size } of packed.files) console.log(`${String(size).padStart(9)}  ${path}`);
console.log(
  `${packed.files.length} files, ${packed.size} bytes packed, ${packed.unpackedSize} bytes unpacked`,
);
const gate = packed.files.find(({ path }) => path === 'hooks/script-shell');
if (gate === undefined || (gate.mode & 0o111) === 0) throw new Error('hooks/script-shell must be executable');
if (unexpected.length > 0) throw new Error(`not meant to be published: ${unexpected.join(', ')}`);

run('npx', ['--no-install', 'publint', '--strict'], { stdio: 'inherit' });
run('npx', ['--no-install', 'attw', '--pack', '.', '--profile', 'esm-only'], { stdio: 'inherit' });

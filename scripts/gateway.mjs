// npm run gateway -- [options of gateway/start.mjs]: the package of the gateway, built and started with a Verdaccio of the toolchain.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { satisfies } from 'semver';
import { provide } from './provide.mjs';

const [pin] = JSON.parse(readFileSync('test/support/toolchain.json', 'utf8'))
  .verdaccio.filter(({ node }) => satisfies(process.versions.node, node))
  .reverse();
if (!process.argv.includes('--help')) {
  execFileSync(process.execPath, ['scripts/build-gateway.mjs'], { stdio: 'inherit' });
  process.argv.push('--verdaccio', provide('verdaccio', pin.version));
}
await import('../gateway/start.mjs');

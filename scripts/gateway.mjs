// npm run gateway -- [options of gateway/start.mjs]: the package of the gateway, built and started with a Verdaccio of the toolchain.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { satisfies } from 'semver';
import { provide } from './provide.mjs';

const [pin] = JSON.parse(readFileSync('test/support/toolchain.json', 'utf8'))
  .verdaccio.filter(({ node }) => satisfies(process.versions.node, node))
  .reverse();
// Whoever starts it need not be allowed to write here.
const built = mkdtempSync(path.join(tmpdir(), 'phantom-guard-gateway-'));
process.once('exit', () => rmSync(built, { recursive: true, force: true }));
execFileSync(process.execPath, ['scripts/build-gateway.mjs', built], { stdio: 'inherit' });
process.argv.push('--verdaccio', provide('verdaccio', pin.version));
await import(pathToFileURL(path.join(built, 'start.mjs')).href);

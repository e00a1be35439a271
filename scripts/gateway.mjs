// npm run gateway -- [--folder FOLDER] [--port N] [--uplink URL] [--store URL]: a Verdaccio with the guard in it, ready to use. What is in the
// folder already is kept; it stops with Ctrl-C.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { satisfies } from 'semver';
import { provide } from './provide.mjs';

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: 'gateway-data' },
    port: { type: 'string', default: '4873' },
    uplink: { type: 'string' },
    store: { type: 'string' },
  },
});
const folder = path.resolve(values.folder);
const url = `http://127.0.0.1:${values.port}/`;
const [pin] = JSON.parse(readFileSync('test/support/toolchain.json', 'utf8'))
  .verdaccio.filter(({ node }) => satisfies(process.versions.node, node))
  .reverse();
const verdaccio = provide('verdaccio', pin.version);

mkdirSync(folder, { recursive: true });
execFileSync(
  process.execPath,
  ['scripts/build-gateway.mjs', path.join(folder, 'plugins/verdaccio-phantom-guard')],
  { stdio: 'inherit' },
);
writeOnce('phantom-guard.config.json', values.store === undefined ? {} : { store: values.store });
// JSON is YAML.
writeOnce('config.yaml', configuration());
const password = existsSync(path.join(folder, 'htpasswd')) ? null : randomBytes(9).toString('base64url');

const child = spawn(
  process.execPath,
  [
    path.join(verdaccio, 'bin/verdaccio'),
    '--config',
    path.join(folder, 'config.yaml'),
    '--listen',
    `127.0.0.1:${values.port}`,
  ],
  { cwd: folder, stdio: 'inherit' },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
child.once('close', (status) => {
  process.exitCode = status ?? 0;
});
await untilItAnswers();
if (password !== null) await addUser('admin', password);
console.log(`
registry  ${url}        npm config set registry ${url}
page      ${url}-/phantom-guard/
health    ${url}-/phantom-guard/health
login     ${password === null ? 'as in htpasswd' : `admin ${password}`}
files     ${folder}: config.yaml, phantom-guard.config.json, decisions.ndjson`);

function configuration() {
  const uplink =
    values.uplink ??
    execFileSync('npm', ['config', 'get', 'registry', '--location=user'], { encoding: 'utf8' }).trim();
  return {
    storage: './storage',
    plugins: './plugins',
    auth: { htpasswd: { file: './htpasswd' } },
    uplinks: { upstream: { url: uplink } },
    packages: { '**': { access: '$all', publish: '$authenticated', proxy: 'upstream' } },
    filters: { 'phantom-guard': {} },
    middlewares: {
      'phantom-guard': { config: './phantom-guard.config.json', decisionLog: './decisions.ndjson' },
    },
    log: { type: 'stdout', format: 'pretty', level: 'warn' },
  };
}

function writeOnce(name, content) {
  const file = path.join(folder, name);
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

async function untilItAnswers() {
  for (;;) {
    const isThere = await fetch(`${url}-/ping`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isThere) return;
    if (child.exitCode !== null) throw new Error('Verdaccio ended');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function addUser(name, secret) {
  const response = await fetch(`${url}-/user/org.couchdb.user:${name}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password: secret }),
  });
  if (!response.ok) throw new Error(`no user ${name}: ${response.status}`);
}

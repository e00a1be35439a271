#!/usr/bin/env node
// A Verdaccio with the guard in it, ready to use: writes a configuration where there is none, starts Verdaccio, makes the first user.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';

const HELP = `Usage: verdaccio-phantom-guard [options]

Starts a Verdaccio with the guard in it, and stops with Ctrl-C. What is in the folder already is kept.

  --folder FOLDER      its configuration, storage and log (default: gateway-data)
  --host ADDRESS       address that it listens at (default: 127.0.0.1)
  --port N             (default: 4873)
  --uplink URL         the registry that packages come from (default: npm's configuration says)
  --store URL          a Redis by which gateways share facts; the key is PHANTOM_GUARD_CACHE_KEY
  --verdaccio FOLDER   where Verdaccio is installed (default: beside this package, or in the current folder)

Options for the configuration count when it is written first.
`;
const OWN = path.dirname(import.meta.filename);
const PARTS = ['index.cjs', 'dist', 'data', 'package.json', 'LICENSE'];

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: 'gateway-data' },
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '4873' },
    uplink: { type: 'string' },
    store: { type: 'string' },
    verdaccio: { type: 'string' },
    help: { type: 'boolean', default: false, short: 'h' },
  },
});
if (values.help) process.stdout.write(HELP);
else await start();

async function start() {
  const program = findVerdaccio();
  const folder = path.resolve(values.folder);
  const at = (...names) => path.join(folder, ...names);
  const url = `http://${values.host.includes(':') ? `[${values.host}]` : values.host}:${values.port}/`;
  copyPlugin(at('plugins/verdaccio-phantom-guard'));
  writeOnce(at('phantom-guard.config.json'), values.store === undefined ? {} : { store: values.store });
  // JSON is YAML.
  writeOnce(at('config.yaml'), configuration());
  const password = existsSync(at('htpasswd')) ? null : randomBytes(9).toString('base64url');
  const args = [program, '--config', at('config.yaml'), '--listen', url.slice(0, -1)];
  // Else a signal ends Verdaccio before the last lines of the log are written.
  const env = { ...process.env, VERDACCIO_HANDLE_KILL_SIGNALS: 'true' };
  const child = spawn(process.execPath, args, { cwd: folder, stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
  child.once('close', (status) => {
    process.exitCode = status ?? 0;
  });
  if (!(await untilItAnswers(url, child))) return;
  if (password !== null) await addUser(url, 'admin', password);
  process.stdout.write(`
registry  ${url}        npm config set registry ${url}
page      ${url}-/phantom-guard/
health    ${url}-/phantom-guard/health
login     ${password === null ? 'as in htpasswd' : `admin ${password}`}
files     ${folder}: config.yaml, phantom-guard.config.json, decisions.ndjson
`);
}

function findVerdaccio() {
  const places = values.verdaccio === undefined ? [OWN, process.cwd()] : [path.resolve(values.verdaccio)];
  for (const place of places) {
    try {
      const manifest = createRequire(path.join(place, 'x.js')).resolve('verdaccio/package.json');
      return path.join(path.dirname(manifest), 'bin/verdaccio');
    } catch {
      // Then at the next.
    }
  }
  process.stderr.write(
    'There is no Verdaccio here. Start it with both: npx -p verdaccio -p verdaccio-phantom-guard verdaccio-phantom-guard\n',
  );
  process.exit(2);
}

/** Verdaccio looks for plugins there, however it was started. */
function copyPlugin(to) {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  for (const part of PARTS) cpSync(path.join(OWN, part), path.join(to, part), { recursive: true });
}

function configuration() {
  const uplink =
    values.uplink ??
    execFileSync('npm', ['config', 'get', 'registry', '--location=user'], { encoding: 'utf8' }).trim();
  return {
    storage: './storage',
    plugins: './plugins',
    // Nobody but the first user registers by himself.
    auth: { htpasswd: { file: './htpasswd', max_users: 1 } },
    uplinks: { upstream: { url: uplink } },
    packages: { '**': { access: '$all', publish: '$authenticated', proxy: 'upstream' } },
    filters: { 'phantom-guard': {} },
    middlewares: {
      'phantom-guard': { config: './phantom-guard.config.json', decisionLog: './decisions.ndjson' },
    },
    log: { type: 'stdout', format: 'pretty', level: 'warn' },
  };
}

function writeOnce(file, content) {
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

/** `false` = it has ended instead. */
async function untilItAnswers(url, child) {
  while (child.exitCode === null && child.signalCode === null) {
    const isThere = await fetch(`${url}-/ping`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isThere) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

async function addUser(url, name, secret) {
  const response = await fetch(`${url}-/user/org.couchdb.user:${name}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password: secret }),
  });
  if (!response.ok) throw new Error(`no user ${name}: ${response.status}`);
}

// Loaded into npm by NODE_OPTIONS while it only resolves: package documents pass, everything that holds code does not.
//
// npm 10 and 11 download git repositories, tarballs of URLs and packages that bundle others in order to resolve them.
// Each such download is put to the guard first, which waits at PHANTOM_GUARD_RESOLVE_ONLY (a URL on loopback). What it
// does not allow ends npm before a connection is opened, and the guard has written it down.
'use strict';

const childProcess = require('node:child_process');
const http = require('node:http');
const https = require('node:https');
const { syncBuiltinESMExports } = require('node:module');
const path = require('node:path');
const { isMainThread, Worker } = require('node:worker_threads');

// The guard may say only later where it waits. Until then, and where nobody waits, nothing is allowed.
const desk = () => process.env.PHANTOM_GUARD_RESOLVE_ONLY;
const PATIENCE_MS = 30_000;
const [WAITING, ALLOWED] = [0, 1];
// A thread of its own asks, since npm's has to wait for the answer.
const ASK = path.join(__dirname, 'resolve-only-ask.cjs');

if (isMainThread && desk() !== undefined) guardDownloads();

function guardDownloads() {
  const answer = new Int32Array(new SharedArrayBuffer(4));
  let thread = null;
  const isAllowed = (question) => {
    if (!desk()) return false;
    thread ??= new Worker(ASK, { workerData: { desk: desk(), answer: answer.buffer } });
    thread.unref();
    Atomics.store(answer, 0, WAITING);
    thread.postMessage(question);
    Atomics.wait(answer, 0, WAITING, PATIENCE_MS);
    return Atomics.load(answer, 0) === ALLOWED;
  };
  // npm would try again for more than a minute; the guard resolves in another way now.
  const insist = (question) => isAllowed(question) || process.exit(1);
  for (const module of [http, https]) {
    const { request } = module;
    module.request = (...args) => {
      const { url, method, headers } = describe(module, args);
      if (holdsCode(method, headers, url)) insist(url);
      return request(...args);
    };
  }
  // Whatever its name is: the setting `git` of an .npmrc names any program, and npm starts itself to prepare a clone.
  for (const verb of ['spawn', 'execFile', 'exec', 'fork', 'spawnSync', 'execFileSync', 'execSync']) {
    const start = childProcess[verb];
    childProcess[verb] = (file, ...rest) => {
      insist([path.basename(String(file)), ...(Array.isArray(rest[0]) ? rest[0] : [])].join(' '));
      return start(file, ...rest);
    };
  }
  syncBuiltinESMExports();
}

function describe(module, [first, second]) {
  const isAddress = typeof first === 'string' || first instanceof URL;
  const options = (isAddress ? second : first) ?? {};
  const {
    protocol = module === https ? 'https:' : 'http:',
    hostname,
    host,
    port,
    path: target = '/',
  } = options;
  const url = isAddress
    ? String(first)
    : `${protocol}//${hostname ?? host}${port ? `:${port}` : ''}${target}`;
  return { url, method: options.method ?? 'GET', headers: options.headers ?? {} };
}

/** npm says of each of its requests what it is for; what it does not say so of is taken for code. */
function holdsCode(method, headers, url) {
  if (!/^(?:GET|HEAD)$/i.test(method)) return false;
  const kind = String(headers['pacote-req-type'] ?? '');
  if (kind === 'packument') return false;
  return kind !== '' || !/\/-\/npm\/v1\//.test(url);
}

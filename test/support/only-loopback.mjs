// Loaded with --import before a program of a test: notes every connection and every name that is looked up, in the file
// of ZQ_NETWORK_LOG, one JSON line each, and lets nothing but loopback through.

import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const log = process.env.ZQ_NETWORK_LOG;
const note = (what, host, port) => {
  if (log)
    appendFileSync(log, `${JSON.stringify({ what, host: String(host), port: Number(port) || null })}\n`);
};
const isLoopback = (host) => /^(127\.|::1$|localhost$|\[::1\]$)/.test(String(host));
const refusal = (host) => Object.assign(new Error(`not loopback: ${host}`), { code: 'ECONNREFUSED' });

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const [options] = Array.isArray(args[0]) ? args[0] : net._normalizeArgs(args);
  if (options.path === undefined || options.path === null) {
    const host = options.host ?? 'localhost';
    note('connect', host, options.port);
    // A name is looked up first, and refused there.
    if (net.isIP(host) !== 0 && !isLoopback(host)) {
      process.nextTick(() => this.destroy(refusal(host)));
      return this;
    }
  }
  return connect.apply(this, args);
};

const resolveAs = (name) => {
  const real = dns[name];
  dns[name] = (host, ...rest) => {
    note(name, host, null);
    if (name === 'lookup' && (isLoopback(host) || net.isIP(host) !== 0)) return real(host, ...rest);
    process.nextTick(rest.at(-1), refusal(host));
  };
  const promised = dns.promises[name];
  dns.promises[name] = async (host, ...rest) => {
    note(name, host, null);
    if (name === 'lookup' && isLoopback(host)) return await promised(host, ...rest);
    throw refusal(host);
  };
};
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveTxt', 'resolveSrv', 'resolveCname'])
  resolveAs(name);

dgram.Socket.prototype.send = (...args) => {
  note('datagram', args.find((one) => typeof one === 'string') ?? '', null);
  throw refusal('a datagram');
};
syncBuiltinESMExports();

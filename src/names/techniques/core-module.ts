import type { NameFinding } from '../finding.js';

/** Public modules of Node.js 20–24 that need no prefix, and those that exist with `node:` only. */
const MODULES = `assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs http
  http2 https inspector module net os path perf_hooks process punycode querystring readline repl stream string_decoder sys timers tls
  trace_events tty url util v8 vm wasi worker_threads zlib sea sqlite test`;
/**
 * Their npm packages are the userland versions that bundlers put into browsers: wanted at least as often as
 * not.
 */
const POLYFILLED = new Set(
  'assert buffer console constants crypto domain events path process punycode querystring stream string_decoder sys test timers url util'.split(
    ' ',
  ),
);
const CORE = new Map(MODULES.split(/\s+/).map((module) => [module.replaceAll('_', '-'), module]));
const AROUND =
  /^(?:node|nodejs|node\.js|npm)[-.:/]|[-.](?:node|nodejs|js|core|module|builtin|promises|promise)$/g;

/**
 * `fs`, `child-process`, `node-crypto`: the name of a module that ships with Node.js and needs no package.
 * Asked before the exemption of popular names, since `fs` and `crypto` are popular on npm; with words around
 * the module's name only strangers are meant (`popularity` is `null`).
 */
export function findCoreModule(name: string, popularity: number | null): NameFinding | null {
  const lower = name.toLowerCase();
  const plain = lower.startsWith('node:') ? lower.slice('node:'.length) : lower;
  const bare = plain.replace(AROUND, '');
  const imitated = CORE.get(bare.replaceAll('_', '-'));
  if (imitated === undefined || (bare !== plain && popularity !== null)) return null;
  const strength = POLYFILLED.has(imitated) ? 0.6 : plain === imitated ? 2.3 : 1.6;
  const evidence = { module: `node:${imitated}` };
  return {
    technique: 'core-module',
    signal: 'CORE_MODULE',
    imitated,
    ecosystem: 'node',
    popularity: null,
    strength,
    evidence,
  };
}

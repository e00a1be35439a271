import { SIGNAL_CODES } from '../model/signal.js';

/** What to write instead, by the pattern of the key's path. */
const HINTS: Readonly<Record<string, string>> = {
  '': 'Write one JSON object, such as { "failOn": "suspicious" }.',
  failOn: 'Write "failOn": "high-risk" or "failOn": "suspicious".',
  onUnavailable: 'Write "block", "warn" or "allow", or { "interactive": "warn", "ci": "block" }.',
  'onUnavailable.interactive': 'Write "block", "warn" or "allow".',
  'onUnavailable.ci': 'Write "block", "warn" or "allow".',
  thresholds: 'Write { "safe": 0.3, "high": 0.6 } or lower, with safe not above high.',
  'thresholds.safe': 'Write a number above 0 and at most 1, such as 0.3.',
  'thresholds.high': 'Write a number above 0 and at most 1, such as 0.6.',
  trustedScopes: 'Write a list of scopes, such as ["@corp"].',
  'trustedScopes[]': 'Write the scope with its @ and nothing after it, such as "@corp".',
  mirrors: 'Write a list of base URLs, such as ["https://npm.corp.example/"].',
  'mirrors[]':
    'Write a base URL such as "https://npm.corp.example/"; credentials belong into .npmrc, where npm finds them too.',
  feeds: 'Write a list of files and URLs, such as ["feeds/malicious.json"].',
  'feeds[]': 'Write a file or an https URL, or { "source": "feeds/malicious.json", "kind": "malicious" }.',
  'feeds[].source': 'Write a file, relative to this configuration file, or an https URL without credentials.',
  'feeds[].kind': 'Write "malicious" or "hallucination", or leave the key out.',
  store: 'Write a URL such as "rediss://cache.corp.example:6379".',
  exceptions: 'Write a list of { "name", "version", "signals", "reason" }.',
  'exceptions[]': 'Write { "name": …, "version": …, "signals": […], "reason": … }.',
  'exceptions[].name':
    'Name one package, such as "left-pad"; a scope that you publish yourself goes into "trustedScopes".',
  'exceptions[].version':
    'Write the range that was reviewed, such as "^2.1.0" or "2.1.3"; a dist-tag like "latest" is no range.',
  'exceptions[].signals': 'List the signals that were looked at, each once, such as ["RECENTLY_CREATED"].',
  'exceptions[].signals[]': `Known signals: ${SIGNAL_CODES.join(', ')}.`,
  'exceptions[].reason': 'Say what was looked at and why it is all right.',
  'exceptions[].author': 'Say who looked at it, or leave the key out.',
  'exceptions[].expires': 'Write a day of the calendar as YYYY-MM-DD, such as "2026-12-31".',
  'exceptions[].integrity': 'Copy the "integrity" of the package from the lockfile: "sha512-…".',
  projectExceptions: 'Write true or false.',
};

export function hintFor(pattern: string): string {
  return HINTS[pattern] ?? 'docs/configuration.md describes every key.';
}

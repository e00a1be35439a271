import { readFileSync } from 'node:fs';
import { thirdPartyNotices } from './third-party-notices.mjs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
// Behind magic and format version: the date as the number yyyymmdd (src/names/data/format.ts).
const stamp = String(readFileSync('data/names.bin').readUInt32LE(12));
const dataDate = stamp.replace(/(....)(..)(..)/, '$1-$2-$3');

/** What all bundles of this repository have in common, for rolldown. */
export const INPUT = {
  platform: 'node',
  plugins: [thirdPartyNotices],
  treeshake: { propertyReadSideEffects: false },
  // What Node itself loads of this package requires its parts by a parameter, which can't be bundled.
  resolve: { alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' } },
  // Native and optional; piscina does without it.
  external: ['@napi-rs/nice'],
  transform: {
    target: 'node20.18',
    define: {
      __PHANTOM_GUARD_VERSION__: JSON.stringify(version),
      __PHANTOM_GUARD_DATA_DATE__: JSON.stringify(dataDate),
    },
  },
  // semver and the like: some import them at once, others when they need them.
  checks: { ineffectiveDynamicImport: false },
};

export const OUTPUT = {
  format: 'esm',
  chunkFileNames: 'chunks/[name]-[hash].js',
  // Node parses less at each start; stack traces are read with the source maps, where there are some.
  minify: true,
  // Bundled CommonJS packages look beside themselves.
  banner: 'const __dirname = import.meta.dirname;',
};

// Bundles the command line and the library into dist/ and writes the type declarations.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { rolldown } from 'rolldown';
import { INPUT, OUTPUT } from './bundle-options.mjs';

rmSync('dist', { recursive: true, force: true });

/**
 * To find, open and link a file costs a start more than to skip code in one, so what runs together is one file: what every
 * command loads, with a verdict that is remembered; what judges; what reads a pnpm-lock.yaml; what an agent's hook does with
 * every call, and with one that may install something; and what asks registries. All else is split where it is imported
 * dynamically.
 */
const TOGETHER = {
  start:
    /src[\\/](?:cli[\\/](?:hook-command|parse-command-line|write-result|judge-or-recall|report-on|remembered-session)|report[\\/](?:build-report|github[\\/]without-commands))\.ts$/,
  judge: /src[\\/]cli[\\/](?:judge-place|pnpm-session|judge-and-report|open-judge)\.ts$/,
  'pnpm-lockfile': /src[\\/]lockfile[\\/]pnpm[\\/]index\.ts$/,
  'agent-hook': /src[\\/]cli[\\/]agent-hook[\\/]run-agent-hook\.ts$/,
  'agent-judge': /src[\\/]cli[\\/]agent-hook[\\/]judge-call\.ts$/,
  ask: /src[\\/]registry[\\/](?:registry-source|downloads-source)\.ts$|src[\\/]pool[\\/]pooled-source\.ts$/,
};

/**
 * Node makes an ES module of each of its own modules that is imported, and reads every property of it for that, which
 * loads streams for `node:fs` alone. Taken by process.getBuiltinModule they are what `require` gives.
 */
const builtinModules = {
  name: 'builtin-modules',
  resolveId: (id, importer) =>
    id.startsWith('node:') && importer?.endsWith('.ts') ? { id: `\0${id}`, moduleSideEffects: false } : null,
  load: (id) => {
    if (!id.startsWith('\0node:')) return null;
    const name = id.slice(1);
    const keys = Object.keys(process.getBuiltinModule(name)).filter(
      (key) => /^[a-z_$][\w$]*$/i.test(key) && key !== 'default',
    );
    const take = `process.getBuiltinModule('${name}')`;
    const lines = keys.map((key) => `export const ${key} = builtin.${key};`);
    return [`const builtin = /* @__PURE__ */ ${take};`, 'export default builtin;', ...lines].join('\n');
  },
};

const bundle = await rolldown({
  ...INPUT,
  input: {
    cli: 'src/cli.ts',
    index: 'src/index.ts',
    'pnpm-hook': 'src/pnpm-hook.ts',
    'workers/look-up-facts': 'workers/look-up-facts.ts',
    'workers/scan-names': 'workers/scan-names.ts',
    // piscina starts this file beside its own code, which ends up in chunks/.
    'chunks/worker': createRequire(import.meta.url)
      .resolve('piscina')
      .replace(/main\.js$/, 'worker.js'),
  },
  plugins: [...INPUT.plugins, builtinModules],
});
await bundle.write({
  ...OUTPUT,
  dir: 'dist',
  sourcemap: true,
  sourcemapExcludeSources: true,
  codeSplitting: {
    groups: Object.entries(TOGETHER).map(([name, test], index) => ({ name, test, priority: 9 - index })),
  },
});
await bundle.close();

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });

import { type ScriptedProgram, scriptedProgram } from './scripted-program.js';

/** How far a scripted npm goes with a package. */
export type Reach = 'nothing' | 'download' | 'install' | 'run';

const REACHES: readonly Reach[] = ['nothing', 'download', 'install', 'run'];

/**
 * An `npm` (or `npx`) that knows no guard: it takes the package of the command line, or those of package.json, from the
 * registry of the environment, and does with them what real ones do, as far as `reach`.
 */
export function scriptedNpm(name: 'npm' | 'npx', version: string, reach: Reach = 'run'): ScriptedProgram {
  const program = `
const { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const words = process.argv.slice(1).filter((word) => !word.startsWith('-'));
const asked = words.slice(${name === 'npm' ? 1 : 0});
const { dependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8'));
const names = asked.length > 0 ? asked : Object.keys(dependencies);
const reach = ${REACHES.indexOf(reach)};
(async () => {
  for (const name of names) {
    if (reach < 1) continue;
    const document = await (await fetch(process.env.npm_config_registry + name)).json();
    await (await fetch(document.versions[document['dist-tags'].latest].dist.tarball)).arrayBuffer();
    if (reach < 2) continue;
    mkdirSync('node_modules/' + name, { recursive: true });
    writeFileSync('node_modules/' + name + '/phantom-guard-selftest.txt', '');
    if (reach > 2) appendFileSync(process.env.PHANTOM_GUARD_SELFTEST_MARK, 'ran');
  }
})();`;
  return scriptedProgram(
    name,
    `[ "$*" = --version ] && echo '${version}' && exit 0
exec '${process.execPath}' -e '${program.replaceAll("'", `'\\''`)}' -- "$@"`,
  );
}

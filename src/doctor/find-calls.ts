import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { readScripts } from './read-hooks.js';

/** A place in which somebody calls the guard by its name. */
export type GuardCall = {
  /** Relative to the project, with `/`. */
  readonly file: string;
  /** The call judges something: it is no `doctor`, and no installation of the guard. */
  readonly judges: boolean;
};

const FILES = ['.gitlab-ci.yml', 'Dockerfile', 'Containerfile'];
const WORKFLOWS = '.github/workflows';
const CALL = /(?<![\w.@-])phantom-guard-install(?![\w-])(?:@\S+)?((?:[ \t]+-\S+)*)[ \t]*([a-z-]*)/g;
/** The guard is what is installed here, and nothing is judged. */
const INSTALLS_IT = /\b(?:install|i|add)[ \t]+(?:-\S+[ \t]+)*(?:\S+[ \t]+)*$/;
const SAYS_SOMETHING_ONLY = new Set([
  'doctor',
  'selftest',
  'init',
  'accept',
  'cache',
  'explain',
  'mcp',
  'scan',
]);

/** Looks for calls of `phantom-guard-install` in CI files, Dockerfiles and the scripts of package.json. */
export async function findCalls(project: string): Promise<readonly GuardCall[]> {
  const workflows = await readdir(path.join(project, WORKFLOWS)).catch(() => []);
  const files = [
    ...workflows.filter((name) => /\.ya?ml$/.test(name)).map((name) => `${WORKFLOWS}/${name}`),
    ...FILES,
  ];
  const calls: GuardCall[] = [];
  for (const file of files) {
    calls.push(...callsIn(file, await readFile(path.join(project, file), 'utf8').catch(() => '')));
  }
  const scripts = Object.values(await readScripts(project));
  return [...calls, ...callsIn('package.json', scripts.join('\n'))];
}

function callsIn(file: string, text: string): readonly GuardCall[] {
  const lines = text.split('\n').filter((line) => !/^\s*#/.test(line));
  const found = lines.flatMap((line) =>
    [...line.matchAll(CALL)].map((match) => judgesSomething(line, match)),
  );
  return found.length === 0 ? [] : [{ file, judges: found.includes(true) }];
}

function judgesSomething(line: string, match: RegExpMatchArray): boolean {
  const [before = ''] = [
    line
      .slice(0, match.index)
      .split(/&&|\|\||;/)
      .at(-1),
  ];
  if (INSTALLS_IT.test(before)) return false;
  const [, options = '', word = ''] = match;
  return !SAYS_SOMETHING_ONLY.has(word) && !/--(?:version|help)/.test(options);
}

import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { guardPnpm } from '../../../src/wrap-pnpm/guard-pnpm.js';
import { writeProject } from '../../support/projects.js';
import { type ScriptedProgram, scriptedProgram } from '../../support/scripted-program.js';
import { LOCKFILE, pnpmRequest, resolvingPnpm } from './scripted-pnpm.js';

const ENDED = { kind: 'ended', ending: { status: 0, signal: null } };

/**
 * Resolves to one dependency of that name; installs it with a program that writes its name and words into `said` of the
 * folder in which it is run.
 */
function installingPnpm(name: string, bin: string | object, program: string): ScriptedProgram {
  return resolvingPnpm(`
case "$*" in
  add*) printf '%s' '${JSON.stringify({ dependencies: { [name]: '1.0.0' } })}' > package.json;;
  install*)
    mkdir -p 'node_modules/.bin' 'node_modules/${name}'
    printf '%s' '${JSON.stringify({ bin })}' > 'node_modules/${name}/package.json'
    printf '#!/bin/sh\\necho "${program} $*" > said\\n' > 'node_modules/.bin/${program}'
    chmod +x 'node_modules/.bin/${program}';;
esac`);
}

const KIT = () => installingPnpm('widget-kit', 'cli.js', 'widget-kit');
const temporary = () => mkdtempSync(path.join(tmpdir(), 'phantom-guard-dlx-'));
const words = (pnpm: ScriptedProgram) => pnpm.runs().map((run) => run.slice(run.indexOf(': ') + 2));

/** What the program said, in the folder of the user. */
async function dlx(argv: readonly string[], pnpm: ScriptedProgram, cacheDir = temporary()) {
  const root = writeProject({});
  const outcome = await guardPnpm(pnpmRequest(argv, { root, pnpm, cacheDir }).request);
  const file = path.join(root, 'said');
  return { outcome, said: existsSync(file) ? readFileSync(file, 'utf8') : null };
}

describe('a guarded pnpm dlx', () => {
  it('runs the program of a judged package, and installs it once', async () => {
    const pnpm = KIT();
    const cacheDir = temporary();
    const argv = ['dlx', '--allow-build=other-kit', 'widget-kit@1.0.0', '--flag', 'word'];
    const expected = { outcome: ENDED, said: 'widget-kit --flag word\n' };
    expect(await dlx(argv, pnpm, cacheDir)).toEqual(expected);
    expect(words(pnpm)).toEqual([
      'add widget-kit@1.0.0 --lockfile-only --ignore-scripts -w',
      'install --frozen-lockfile --config.strict-dep-builds=false',
    ]);
    expect(await dlx(argv, pnpm, cacheDir)).toEqual(expected);
    expect(words(pnpm).length).toBe(3);
    expect(await dlx(['dlx', 'widget-kit@1.0.0'], pnpm, cacheDir)).toMatchObject({ outcome: ENDED });
    // Whose scripts may run is another install.
    expect(words(pnpm).length).toBe(5);
  });

  it('installs anew where an install did not come to its end', async () => {
    const cacheDir = temporary();
    const broken = resolvingPnpm('case "$*" in install*) echo no space; exit 7;; esac');
    expect((await dlx(['dlx', 'widget-kit'], broken, cacheDir)).outcome).toMatchObject({
      kind: 'unresolved',
      said: { status: 7, stderr: 'no space\n' },
    });
    writeFileSync(broken.file, readFileSync(KIT().file));
    expect(await dlx(['dlx', 'widget-kit'], broken, cacheDir)).toMatchObject({ said: 'widget-kit \n' });
  });

  it('installs nothing that was refused or could not be resolved', async () => {
    const pnpm = KIT();
    const refused = pnpmRequest(['dlx', 'widget-kit'], { root: writeProject({}), pnpm, judge: () => 1 });
    expect(await guardPnpm(refused.request)).toEqual({ kind: 'refused', status: 1 });
    expect(words(pnpm).length).toBe(1);
    const failing = scriptedProgram('pnpm', 'echo ERR_PNPM_FETCH_404; exit 1');
    expect((await dlx(['dlx', 'widget-kit'], failing)).outcome).toMatchObject({
      kind: 'unresolved',
      said: { stderr: 'ERR_PNPM_FETCH_404\n' },
    });
    const silent = scriptedProgram('pnpm', '');
    expect((await dlx(['dlx', 'widget-kit'], silent)).outcome).toMatchObject({ kind: 'not-resolved' });
  });

  it('leaves it to pnpm to say that a package is missing', async () => {
    const pnpm = scriptedProgram('pnpm', 'exit 1');
    expect((await dlx(['dlx'], pnpm)).outcome).toMatchObject({ kind: 'ended', ending: { status: 1 } });
    expect(words(pnpm)).toEqual(['dlx']);
  });

  it('runs the program that is named where the packages are given as options', async () => {
    const pnpm = installingPnpm('widget-kit', { other: 'a.js', tool: 'b.js' }, 'tool');
    const { said } = await dlx(['--package=widget-kit', 'dlx', 'tool', 'word'], pnpm);
    expect(said).toBe('tool word\n');
    expect(words(pnpm)[0]).toBe('add widget-kit --lockfile-only --ignore-scripts -w');
  });

  it('runs a line of shell, in which the programs of the packages are found', async () => {
    const { said } = await dlx(['--package=widget-kit', '-c', 'dlx', 'widget-kit a && widget-kit b'], KIT());
    expect(said).toBe('widget-kit b\n');
  });

  it('runs what pnpm create means', async () => {
    const pnpm = installingPnpm('create-widget', 'cli.js', 'create-widget');
    expect(await dlx(['create', 'widget', 'my-app'], pnpm)).toEqual({
      outcome: ENDED,
      said: 'create-widget my-app\n',
    });
  });

  it('can not choose among several programs', async () => {
    const pnpm = installingPnpm('widget-kit', { one: 'a.js', two: 'b.js' }, 'one');
    expect(await dlx(['dlx', 'widget-kit'], pnpm)).toEqual({
      outcome: { kind: 'no-program', name: 'widget-kit' },
      said: null,
    });
  });

  it('asks the registries of the project, and keeps no credentials', async () => {
    const pnpm = resolvingPnpm(
      `case "$*" in install*) grep -q secret .npmrc || exit 9;; esac; ${readFileSync(KIT().file, 'utf8').replace(/^#!.*\n.*\n/, '')}`,
    );
    const root = writeProject({ '.npmrc': '//registry.example/:_authToken=secret\n' });
    const cacheDir = temporary();
    const { request } = pnpmRequest(['dlx', 'widget-kit'], { root, pnpm, cacheDir });
    const registryWords = ['--config.registry=http://127.0.0.1:9/'];
    expect(await guardPnpm({ ...request, registryWords })).toEqual(ENDED);
    expect(words(pnpm).every((one) => one.includes(' --config.registry=http://127.0.0.1:9/ '))).toBe(true);
    const [, installed = ''] = pnpm.runs().map((run) => run.slice(0, run.indexOf(': ')));
    expect([existsSync(installed), existsSync(path.join(installed, '.npmrc'))]).toEqual([true, false]);
    expect(readFileSync(path.join(installed, 'pnpm-lock.yaml'), 'utf8')).toBe(LOCKFILE);
  });
});

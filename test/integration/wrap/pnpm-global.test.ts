import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { guardPnpm } from '../../../src/wrap-pnpm/guard-pnpm.js';
import { writeProject } from '../../support/projects.js';
import { type ScriptedProgram, scriptedProgram } from '../../support/scripted-program.js';
import { LOCKFILE, pnpmRequest, resolvingPnpm } from './scripted-pnpm.js';

const GROUP = { 'package.json': { dependencies: { 'widget-kit': '1.0.0' } } };

/** Keeps global packages in that folder. */
const globalPnpm = (top: string, more = '') =>
  resolvingPnpm(`case "$*" in 'root -g'*) echo '${top}'; exit 0;; esac\n${more}`);
/** Each command that adds has made a project of its own, to which a link leads. */
function separate(...groups: readonly Readonly<Record<string, object>>[]): string {
  const top = writeProject({});
  for (const [index, files] of groups.entries())
    symlinkSync(writeProject(files), path.join(top, String(index)));
  return top;
}
const words = (pnpm: ScriptedProgram) => pnpm.runs().map((run) => run.slice(run.indexOf(': ') + 2));

function globally(argv: readonly string[], pnpm: ScriptedProgram, judge?: () => 0 | 1 | 2) {
  const parts = { root: writeProject({}), pnpm, isGlobal: true };
  return pnpmRequest(argv, judge === undefined ? parts : { ...parts, judge });
}

describe('global packages of pnpm', () => {
  it('are resolved in a copy, judged, and installed from a registry of the judged versions', async () => {
    const pnpm = globalPnpm(writeProject({}));
    const argv = ['add', '-g', 'widget-kit', '--registry=http://127.0.0.1:9/', '--allow-build=widget-kit'];
    const { request, judged } = globally(argv, pnpm);
    const documents = { ...request.documents, scopes: () => Promise.resolve(['@invented']) };
    expect(await guardPnpm({ ...request, documents })).toMatchObject({ kind: 'ended' });
    expect(judged.length).toBe(1);
    expect(words(pnpm)).toEqual([
      'root -g',
      'add widget-kit --registry=http://127.0.0.1:9/ --lockfile-only --config.ignore-scripts=true',
      expect.stringMatching(
        /^--config\.registry=(http:\/\/127\.0\.0\.1:\d+\/\S+) --config\.@invented:registry=\1 --config\.cache-dir=\S+ add -g widget-kit --allow-build=widget-kit$/,
      ),
    ]);
  });

  it('are not installed where one is refused, or pnpm fails', async () => {
    const top = writeProject({});
    const pnpm = globalPnpm(top);
    expect(await guardPnpm(globally(['add', '-g', 'widget-kit'], pnpm, () => 1).request)).toEqual({
      kind: 'refused',
      status: 1,
    });
    expect(words(pnpm).length).toBe(2);
    const failing = globalPnpm(top, 'echo ERR_PNPM_FETCH_404; exit 1');
    expect(await guardPnpm(globally(['add', '-g', 'widget-kit'], failing).request)).toMatchObject({
      kind: 'unresolved',
      said: { stderr: 'ERR_PNPM_FETCH_404\n' },
    });
    const silent = scriptedProgram('pnpm', `echo '${top}'`);
    expect(await guardPnpm(globally(['add', '-g', 'widget-kit'], silent).request)).toMatchObject({
      kind: 'not-resolved',
    });
    const lost = scriptedProgram('pnpm', 'echo no home >&2; exit 1');
    expect(await guardPnpm(globally(['add', '-g', 'widget-kit'], lost).request)).toMatchObject({
      kind: 'unresolved',
      said: { stderr: 'no home\n' },
    });
  });

  it('are judged together with those of the same project, where all are one', async () => {
    const top = writeProject({ ...GROUP, 'pnpm-lock.yaml': `${LOCKFILE}# of all\n` });
    const seeing = `cat package.json pnpm-lock.yaml >> '${top}/seen' 2> /dev/null`;
    const pnpm = globalPnpm(path.join(top, 'node_modules'), seeing);
    await guardPnpm(globally(['add', '-g', 'other-kit'], pnpm).request);
    const seen = readFileSync(path.join(top, 'seen'), 'utf8');
    expect([seen.includes('# of all'), seen.includes('widget-kit')]).toEqual([true, true]);
  });

  it('are all judged on an update, each in its own project', async () => {
    const top = separate(GROUP, GROUP, {});
    writeFileSync(path.join(top, 'left-behind'), '');
    const pnpm = globalPnpm(top);
    const { request, judged } = globally(['update', '-g'], pnpm);
    await guardPnpm(request);
    expect(judged.length).toBe(2);
    const added = globally(['add', '-g', 'widget-kit'], pnpm);
    await guardPnpm(added.request);
    expect(added.judged.length).toBe(1);
  });

  it('go without a verdict', async () => {
    const pnpm = globalPnpm(writeProject({}));
    const { request, judged } = globally(['remove', '-g', 'widget-kit'], pnpm, () => 1);
    expect(await guardPnpm(request)).toMatchObject({ kind: 'ended', ending: { status: 0 } });
    expect([judged, words(pnpm).length]).toEqual([[], 1]);
  });

  it('are meant where a setting says so, and the copy is no global project', async () => {
    const pnpm = globalPnpm(writeProject({}));
    await guardPnpm(globally(['add', 'widget-kit'], pnpm).request);
    expect(words(pnpm)[1]).toMatch(/ --config\.global=false$/);
  });
});

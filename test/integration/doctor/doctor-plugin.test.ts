import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import type { Diagnosis } from '../../../src/doctor/diagnose.js';
import { runningPackage } from '../../../src/wiring/package-root.js';
import { fakeIo } from '../../support/fake-io.js';
import { writeFiles, writeProject } from '../../support/projects.js';
import { temporaryFolder } from '../../support/wired-user.js';

const NAME = 'pnpm-plugin-phantom-guard';
const { version: OWN } = runningPackage();

type Given = {
  readonly pnpm?: string;
  readonly version?: string;
  readonly files?: Readonly<Record<string, string | object>>;
  /** What lies in node_modules. */
  readonly installed?: { readonly version: string; readonly hooks?: string; readonly entry?: string };
};

/** What doctor says of a project with the plugin and nothing else. */
async function doctor({ pnpm = '12.21.0', version = OWN, files = {}, installed }: Given = {}) {
  const cwd = writeProject({
    'package.json': { name: 'p', packageManager: `pnpm@${pnpm}` },
    'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
    'pnpm-workspace.yaml': `configDependencies:\n  ${NAME}: ${version}+sha512-${'a'.repeat(86)}==\n`,
  });
  if (installed !== undefined) {
    const folder = path.join(cwd, 'node_modules/.pnpm-config', NAME);
    mkdirSync(path.join(folder, 'hooks'), { recursive: true });
    copyFileSync('plugin/pnpmfile.cjs', path.join(folder, 'pnpmfile.cjs'));
    copyFileSync('hooks/pnpmfile.cjs', path.join(folder, 'hooks/pnpmfile.cjs'));
    writeFiles(folder, { 'package.json': { name: NAME, version: installed.version } });
    if (installed.hooks !== undefined) writeFiles(folder, { 'hooks/pnpmfile.cjs': installed.hooks });
    if (installed.entry !== undefined) writeFiles(folder, { 'pnpmfile.cjs': installed.entry });
  }
  writeFiles(cwd, files);
  const bin = temporaryFolder('bin');
  writeFileSync(path.join(bin, 'npm'), '#!/bin/sh\necho 11.21.2\n', { mode: 0o755 });
  const home = temporaryFolder('home');
  const fake = fakeIo({ cwd, env: { HOME: home, PATH: `${bin}:/usr/bin:/bin`, CI: '1' } });
  const { status } = await main(['doctor', '--format', 'json'], { ...fake.io, home });
  const { findings, ways } = JSON.parse(fake.stdout()) as Diagnosis;
  const codes = findings.filter(({ informational }) => !informational).map(({ code }) => code);
  const { level, by } = ways.find(({ way }) => way === 'pnpm install') ?? {};
  return { status, codes, install: `${level} ${by}` };
}

const GUARDED = { status: 0, codes: [], install: 'T0 config dependency' };

describe('doctor in a project with the guard as a config dependency', () => {
  it.each<[string, Given]>([
    ['is not installed yet', {}],
    ['is installed', { installed: { version: OWN } }],
    ['has .pnpmfile.mjs beside it', { files: { '.pnpmfile.mjs': '' } }],
    ['is the first that pnpm loads', { pnpm: '10.13.0' }],
  ])('finds it guarded where it %s', async (_, given) => {
    expect(await doctor(given)).toEqual(GUARDED);
  });

  it('tells of one of another version, which guards', async () => {
    const old = await doctor({ version: '0.0.1', installed: { version: '0.0.1', hooks: '// older' } });
    expect(old).toEqual({ ...GUARDED, codes: ['PNPM_PLUGIN_STALE'] });
  });

  it.each<[string, Given, string]>([
    ['a pnpm that does not load it', { pnpm: '10.12.4' }, 'PNPM_PLUGIN_NOT_LOADED'],
    ['another version in node_modules', { installed: { version: '0.0.1' } }, 'PNPM_PLUGIN_MODIFIED'],
    ['changed hooks', { installed: { version: OWN, hooks: 'x' } }, 'PNPM_PLUGIN_MODIFIED'],
    ['a changed entry', { installed: { version: OWN, entry: 'x' } }, 'PNPM_PLUGIN_MODIFIED'],
    [
      'ignorePnpmfile',
      {
        files: {
          'pnpm-workspace.yaml': `ignorePnpmfile: true\nconfigDependencies:\n  ${NAME}: ${OWN}\n`,
        },
      },
      'PNPMFILE_IGNORED',
    ],
  ])('finds %s, and that nothing is guarded', async (_, given, code) => {
    const found = await doctor(given);
    expect(found).toEqual({ status: 1, codes: [code, 'CI_UNGUARDED'], install: 'not stopped null' });
  });

  it('says of a file that is no YAML only that', async () => {
    const { codes } = await doctor({ files: { 'pnpm-workspace.yaml': '{' } });
    expect(codes).not.toContain('PNPM_PLUGIN_STALE');
  });
});

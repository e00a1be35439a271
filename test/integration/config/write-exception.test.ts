import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SCHEMA_URL } from '../../../src/config/config-file.js';
import { loadConfig } from '../../../src/config/load-config.js';
import { addException, type ExceptionRequest } from '../../../src/config/write-exception.js';
import { ENTRY, exception } from '../../unit/config/samples.js';
import { isRoot, OWN, type Place, place } from './support.js';

const NOW_MS = Date.UTC(2026, 2, 1, 23);

const { source, ...REVIEWED } = exception();

function add(here: Place, change: Partial<ExceptionRequest> = {}) {
  return addException({ ...here, target: 'project', exception: REVIEWED, nowMs: NOW_MS, ...change });
}

const read = (file: string): string => readFileSync(file, 'utf8');
const readJson = (file: string): Record<string, unknown> => JSON.parse(read(file));

describe('a new exception', () => {
  it('makes a configuration where there is none', async () => {
    const here = place({ 'package.json': { name: 'zq-app' } });
    const file = path.join(here.projectDir, OWN);
    expect(await add(here)).toEqual({ path: file, change: 'added' });
    expect(read(file)).toBe(`${JSON.stringify({ $schema: SCHEMA_URL, exceptions: [ENTRY] }, null, 2)}\n`);
    expect((await loadConfig(here)).exceptions).toEqual([exception()]);
  });

  it('makes the user’s configuration and its folder', async () => {
    const here = place({});
    expect(await add(here, { target: 'user', projectDir: null })).toEqual({
      path: here.userFile,
      change: 'added',
    });
    expect((await loadConfig(here)).exceptions).toEqual([exception({ source: 'user' })]);
  });

  it('goes into the file that is there, behind its other exceptions, and touches nothing else', async () => {
    const text = '\uFEFF{\r\n\t"exceptions": [\r\n\t],\r\n\t"failOn":   "suspicious"\r\n}';
    const here = place({ [OWN]: text });
    await add(here);
    const after = read(path.join(here.projectDir, OWN));
    expect(after.startsWith('\uFEFF{\r\n\t"exceptions": [\r\n\t\t{\r\n\t\t\t"name": "zq-reviewed",')).toBe(
      true,
    );
    expect(after.endsWith('\r\n\t\t}\r\n\t],\r\n\t"failOn":   "suspicious"\r\n}')).toBe(true);
  });

  it('goes into package.json when the configuration is there', async () => {
    const here = place({ 'package.json': { phantomGuard: { failOn: 'suspicious' }, name: 'zq-app' } });
    const file = path.join(here.projectDir, 'package.json');
    expect((await add(here)).path).toBe(file);
    const expected = { phantomGuard: { failOn: 'suspicious', exceptions: [ENTRY] }, name: 'zq-app' };
    expect(read(file)).toBe(JSON.stringify(expected, null, 2));
    expect(existsSync(path.join(here.projectDir, OWN))).toBe(false);
  });

  it('replaces one of the same name, version and signals', async () => {
    const here = place({
      [OWN]: {
        exceptions: [
          { ...ENTRY, author: 'Ada' },
          { ...ENTRY, version: '3.x' },
        ],
      },
    });
    const change = { exception: { ...REVIEWED, reason: 'Read it again.', expires: '2026-12-31' } };
    expect((await add(here, change)).change).toBe('replaced');
    expect(readJson(path.join(here.projectDir, OWN))['exceptions']).toEqual([
      { ...ENTRY, reason: 'Read it again.', expires: '2026-12-31' },
      { ...ENTRY, version: '3.x' },
    ]);
  });

  it('stands beside one for other signals or versions', async () => {
    const here = place({ [OWN]: { exceptions: [ENTRY] } });
    await add(here, { exception: { ...REVIEWED, signals: ['TYPOSQUAT'] } });
    await add(here, { exception: { ...REVIEWED, version: '2.0.0' } });
    expect((await loadConfig(here)).exceptions).toHaveLength(3);
  });

  it('changes nothing when it is there already', async () => {
    const signals = ['TYPOSQUAT', 'FEW_RELEASES'] as const;
    const here = place({ [OWN]: { exceptions: [{ ...ENTRY, signals }] } });
    const file = path.join(here.projectDir, OWN);
    const { ino } = statSync(file);
    const again = { ...REVIEWED, signals: signals.toReversed() };
    expect((await add(here, { exception: again })).change).toBe('unchanged');
    expect(statSync(file).ino).toBe(ino);
  });

  it('keeps permissions and links, and leaves no other file behind', async () => {
    const here = place({ 'shared/guard.json': {} });
    const target = path.join(here.projectDir, 'shared/guard.json');
    chmodSync(target, 0o640);
    symlinkSync('shared/guard.json', path.join(here.projectDir, OWN));
    await add(here);
    expect(readlinkSync(path.join(here.projectDir, OWN))).toBe('shared/guard.json');
    expect(lstatSync(target).mode & 0o777).toBe(0o640);
    expect(readJson(target)['exceptions']).toEqual([ENTRY]);
    expect(readdirSync(path.dirname(target))).toEqual(['guard.json']);
  });

  it('may hold on its last day', async () => {
    const change = { exception: { ...REVIEWED, expires: '2026-03-01' } };
    expect((await add(place({}), change)).change).toBe('added');
  });
});

describe('an exception is refused', () => {
  it.each([
    ['that expired', { expires: '2026-02-28' }],
    ['for every version', { version: '*' }],
    ['for no signal', { signals: [] }],
    ['without a reason', { reason: '' }],
    ['of a project for what only the user may except', { signals: ['NOT_FOUND' as const] }],
  ])('%s', async (_, change) => {
    const here = place({});
    const request = { exception: { ...REVIEWED, ...change } };
    await expect(add(here, request)).rejects.toMatchObject({
      code: 'USAGE',
      hint: expect.stringMatching(/./),
    });
    expect(readdirSync(here.projectDir)).toEqual([]);
  });

  it('without a project', async () => {
    await expect(add(place({}), { projectDir: null })).rejects.toMatchObject({ code: 'NO_PROJECT' });
  });

  it('when what is there is invalid, which stays as it is', async () => {
    const text = '{ "exceptions": [], "failon": "suspicious" }';
    const here = place({ [OWN]: text });
    await expect(add(here)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    expect(read(path.join(here.projectDir, OWN))).toBe(text);
  });

  it('when there are two configurations', async () => {
    const here = place({ [OWN]: {}, 'package.json': { phantomGuard: {} } });
    await expect(add(here)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });

  it('but a user may except what a project may not', async () => {
    const request = { target: 'user' as const, exception: { ...REVIEWED, signals: ['NOT_FOUND' as const] } };
    expect((await add(place({}), request)).change).toBe('added');
  });

  it('when its folder cannot be made', async () => {
    const here = place({});
    const env = { XDG_CONFIG_HOME: '/dev/null' };
    await expect(add(here, { target: 'user', env })).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
  });

  it.skipIf(isRoot)('when its folder cannot be written to', async () => {
    const here = place({});
    mkdirSync(path.dirname(here.userFile), { recursive: true });
    chmodSync(path.dirname(here.userFile), 0o500);
    await expect(add(here, { target: 'user' })).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
  });
});

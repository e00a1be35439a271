import { existsSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeRegistry, startFakeRegistry } from '../support/fake-registry.js';
import { packageLock, writeProject } from '../support/projects.js';
import { runProcess } from '../support/run-process.js';

const INVENTED = 'express-jsonwebtoken-guard';
const ESCAPE = '\u001b[';
/** Runs a command line that has a terminal: https://man7.org/linux/man-pages/man1/script.1.html */
const SCRIPT = '/usr/bin/script';
const COLUMNS = 60;

let registry: FakeRegistry;
beforeAll(async () => {
  registry = await startFakeRegistry({ absent: [INVENTED] });
});
afterAll(() => registry.close());

function words(): readonly string[] {
  const dependencies = { [INVENTED]: '1.0.0' };
  const locked = { [`node_modules/${INVENTED}`]: { version: '1.0.0', integrity: 'sha512-AAAA' } };
  const dir = writeProject({
    'package.json': { name: 'project', version: '1.0.0', dependencies },
    'package-lock.json': packageLock(locked),
  });
  const from = ['--registry', registry.url, '--downloads-url', 'none', '--no-cache'];
  return [process.execPath, path.resolve('dist/cli.js'), 'check', dir, ...from];
}

async function onTerminal(env: Readonly<Record<string, string>> = {}): Promise<string> {
  const line = words()
    .map((word) => `'${word}'`)
    .join(' ');
  const { stdout } = await runProcess(SCRIPT, ['-qec', `stty cols ${COLUMNS}; ${line}`, '/dev/null'], {
    cwd: path.resolve('.'),
    env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm', ...env },
  });
  return stdout;
}

async function inPipe(env: Readonly<Record<string, string>> = {}): Promise<string> {
  const [file = '', ...args] = words();
  return (await runProcess(file, args, { cwd: path.resolve('.'), env })).stdout;
}

describe.skipIf(!existsSync(SCRIPT))('a report on a terminal', () => {
  it('has colours, and lines that fit; commands stay whole', async () => {
    const shown = await onTerminal();
    expect(shown).toContain(ESCAPE);
    const lines = stripVTControlCharacters(shown).split(/\r?\n/);
    const wide = lines.filter((line) => line.length > COLUMNS);
    expect(wide).toEqual([`    instead: npm uninstall ${INVENTED} && npm install jsonwebtoken`]);
    expect(lines.length).toBeGreaterThan(8);
  });

  it.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('says the same without colours where %j', async (env) => {
    const without = (text: string) => stripVTControlCharacters(text).replace(/in [\d.]+ m?s/, '');
    const shown = await onTerminal(env);
    expect(shown).not.toContain(ESCAPE);
    expect(without(shown)).toBe(without(await onTerminal()));
  });
});

it.skipIf(existsSync(SCRIPT))(`skipped: there is no ${SCRIPT} here, so no terminal`, () => undefined);

describe('a report that is read by a program', () => {
  it('has neither colours nor broken lines', async () => {
    const shown = await inPipe();
    expect(shown).not.toContain(ESCAPE);
    expect(shown).toContain(`whoever registers it decides what gets installed (NOT_FOUND)\n`);
  });

  it('has colours where FORCE_COLOR asks for them', async () => {
    expect(await inPipe({ FORCE_COLOR: '1' })).toContain(ESCAPE);
    expect(await inPipe({ FORCE_COLOR: '1', NO_COLOR: '1' })).not.toContain(ESCAPE);
  });
});

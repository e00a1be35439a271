import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { currentDigest } from '../../../src/inputs/current-digest.js';
import {
  noteFile,
  noteFolders,
  noteForeignFile,
  noteOwnFile,
  notePlace,
  noteUnrepeatable,
  noteUntil,
  noteVariable,
  type Trace,
  traceInputs,
} from '../../../src/inputs/trace.js';
import { visibleFolders } from '../../../src/inputs/visible-folders.js';
import { writeProject } from '../../support/projects.js';

async function traceOf(work: () => void): Promise<Trace> {
  return (await traceInputs(async () => work())).trace;
}

function changed({ inputs }: Trace, env: Record<string, string> = {}): string[] {
  return inputs.filter((input) => currentDigest(input, env) !== input.digest).map(({ kind }) => kind);
}

describe('the trace of what a piece of work reads', () => {
  it('tells nothing where nobody traces', () => {
    expect(() => noteFile('/nowhere', null)).not.toThrow();
  });

  it('gives the result of the work', async () => {
    expect((await traceInputs(async () => 7)).result).toBe(7);
  });

  it('keeps two pieces of work apart', async () => {
    const slow = traceInputs(async () => {
      await new Promise(setImmediate);
      noteFile('/slow', null);
    });
    const fast = traceInputs(async () => noteFile('/fast', null));
    expect((await slow).trace.inputs.map(({ name }) => name)).toEqual(['/slow']);
    expect((await fast).trace.inputs.map(({ name }) => name)).toEqual(['/fast']);
  });

  it('sees every change of what was read, and none where there is none', async () => {
    const dir = writeProject({ file: 'a', own: 'a', 'apps/one/x': '' });
    const at = (name: string) => path.join(dir, name);
    const trace = await traceOf(() => {
      noteFile(at('file'), Buffer.from('a'));
      noteOwnFile(at('own'));
      notePlace(at('link'), null);
      noteFolders(at('apps'), visibleFolders(at('apps')));
      noteVariable('NAME', 'a');
    });
    expect(changed(trace, { NAME: 'a' })).toEqual([]);
    writeFileSync(at('file'), 'b');
    writeFileSync(at('own'), 'other');
    symlinkSync('nowhere', at('other'));
    mkdirSync(at('link'));
    mkdirSync(at('apps/two'));
    expect(changed(trace, { NAME: 'b' })).toEqual(['file', 'stamp', 'place', 'folders', 'variable']);
  });

  it('sees that something came or went', async () => {
    const dir = writeProject({ here: 'a' });
    const at = (name: string) => path.join(dir, name);
    const trace = await traceOf(() => {
      noteFile(at('here'), Buffer.from('a'));
      noteFile(at('gone'), null);
      noteFolders(at('apps'), null);
      noteVariable('NAME', undefined);
    });
    expect(changed(trace)).toEqual([]);
    rmSync(at('here'));
    writeFileSync(at('gone'), '');
    mkdirSync(at('apps'));
    expect(changed(trace, { NAME: '' })).toEqual(['file', 'file', 'folders', 'variable']);
  });

  it('is not repeatable where somebody was asked, or an input changed meanwhile', async () => {
    expect((await traceOf(() => undefined)).isRepeatable).toBe(true);
    expect((await traceOf(noteUnrepeatable)).isRepeatable).toBe(false);
    const twice = await traceOf(() => {
      noteFile('/file', Buffer.from('a'));
      noteFile('/file', Buffer.from('b'));
    });
    expect(twice.isRepeatable).toBe(false);
  });

  it('is not repeatable where a library read a file that is only just written', async () => {
    const dir = writeProject({ young: '' });
    expect((await traceOf(() => noteForeignFile(path.join(dir, 'young')))).isRepeatable).toBe(false);
    expect((await traceOf(() => noteForeignFile(path.join(dir, 'none')))).isRepeatable).toBe(true);
    expect((await traceOf(() => noteForeignFile(process.execPath))).isRepeatable).toBe(true);
  });

  it('lasts as long as the first of what it read', async () => {
    const trace = await traceOf(() => {
      noteUntil(5);
      noteUntil(3);
      noteUntil(4);
    });
    expect(trace.untilMs).toBe(3);
    expect((await traceOf(() => undefined)).untilMs).toBe(Number.POSITIVE_INFINITY);
  });
});

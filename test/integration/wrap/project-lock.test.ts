import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockProject, waitForProject } from '../../../src/wrap/project-lock.js';
import { temporary } from './support.js';

const ROOT = '/project';
const GONE = '999999999';
const namesIn = (dir: string) => readdirSync(path.join(dir, 'installs'));

/** The folder of a lock that a process of that id holds. */
async function heldBy(pid: string): Promise<string> {
  const dir = temporary();
  const lock = await lockProject(dir, ROOT, {});
  const [name = ''] = namesIn(dir);
  await lock.release();
  mkdirSync(path.join(dir, 'installs', name));
  writeFileSync(path.join(dir, 'installs', name, 'pid'), pid);
  return dir;
}

describe('the lock of a project', () => {
  it('is held by one install at a time, for each project of its own', async () => {
    const dir = temporary();
    const lock = await lockProject(dir, ROOT, {});
    await expect(lockProject(dir, ROOT, {})).rejects.toMatchObject({
      code: 'PROJECT_BUSY',
      message: expect.stringContaining(`(process ${process.pid})`),
    });
    await (await lockProject(dir, '/other', {})).release();
    await lock.release();
    expect(namesIn(dir)).toEqual([]);
    await (await lockProject(dir, ROOT, {})).release();
  });

  it('is shared with what runs under it, whose lockfiles it gets to know', async () => {
    const dir = temporary();
    const outer = await lockProject(dir, ROOT, {});
    expect(await outer.judgedInside()).toEqual([]);
    const inner = await lockProject(dir, ROOT, outer.env);
    await inner.keepJudged(Buffer.from('judged'));
    await inner.release();
    expect((await outer.judgedInside()).map(String)).toEqual(['judged']);
    await expect(lockProject(dir, ROOT, {})).rejects.toMatchObject({ code: 'PROJECT_BUSY' });
    await outer.release();
  });

  it('keeps nothing for an install under which none runs', async () => {
    const lock = await lockProject(temporary(), ROOT, {});
    await lock.keepJudged(Buffer.from('judged'));
    expect(await lock.judgedInside()).toEqual([]);
    await lock.release();
  });

  it('is not shared with what names a lock that nobody holds', async () => {
    const dir = temporary();
    const before = await lockProject(dir, ROOT, {});
    await before.release();
    const lock = await lockProject(dir, ROOT, before.env);
    await expect(lockProject(dir, ROOT, {})).rejects.toMatchObject({ code: 'PROJECT_BUSY' });
    await lock.release();
  });

  it('is taken over from a process that is gone, and from none that does not say who it is', async () => {
    const dir = await heldBy(GONE);
    const lock = await lockProject(dir, ROOT, {});
    expect(namesIn(dir).length).toBe(1);
    await lock.release();
    await expect(lockProject(await heldBy('what?'), ROOT, {})).rejects.toMatchObject({
      code: 'PROJECT_BUSY',
      message: expect.stringMatching(/ in \/project$/),
    });
  });

  it('can be waited for', async () => {
    const dir = temporary();
    const first = await lockProject(dir, ROOT, {});
    let isOver = false;
    const waiting = waitForProject(dir, ROOT).then((lock) => {
      expect(isOver).toBe(true);
      return lock;
    });
    await new Promise((resolve) => setTimeout(resolve, 120));
    isOver = true;
    await first.release();
    await (await waiting).release();
  });

  it('can not be taken, or waited for, where it can not be written', async () => {
    const file = path.join(temporary(), 'file');
    writeFileSync(file, '');
    await expect(lockProject(file, ROOT, {})).rejects.toMatchObject({ code: 'ENOTDIR' });
    await expect(waitForProject(file, ROOT)).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});

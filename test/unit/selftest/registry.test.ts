import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SelftestRegistry, startRegistry } from '../../../src/selftest/registry.js';
import { CONTROL, SQUAT } from '../../../src/selftest/subjects.js';
import { DAY_MS, NOW_MS } from '../../support/subjects.js';

type Document = {
  readonly name: string;
  readonly 'dist-tags': { readonly latest: string };
  readonly versions: Readonly<
    Record<string, { readonly repository?: object; readonly dist: { tarball: string; integrity: string } }>
  >;
  readonly time: Readonly<Record<string, string>>;
};

let registry: SelftestRegistry;
beforeEach(async () => {
  registry = await startRegistry([SQUAT, CONTROL], NOW_MS);
});
afterEach(() => registry.close());

const documentOf = async (name: string) => (await (await fetch(`${registry.url}${name}`)).json()) as Document;

describe('the registry of the self-test', () => {
  it('has a squat of yesterday without a repository, and a control of years with one', async () => {
    const [squat, control] = [await documentOf(SQUAT.name), await documentOf(CONTROL.name)];
    const ageDays = ({ time }: Document) => (NOW_MS - Date.parse(String(time['created']))) / DAY_MS;
    expect([ageDays(squat), Object.keys(squat.versions).length]).toEqual([1, 1]);
    expect([ageDays(control), Object.keys(control.versions).length]).toEqual([6 * 365, 25]);
    expect(squat.versions['1.0.0']?.repository).toBeUndefined();
    expect(control.versions[CONTROL.version]?.repository).toMatchObject({ type: 'git' });
  });

  it('serves of every version the bytes that its document pins', async () => {
    for (const { dist } of Object.values((await documentOf(CONTROL.name)).versions)) {
      expect(dist.tarball.startsWith(registry.url)).toBe(true);
      const bytes = Buffer.from(await (await fetch(dist.tarball)).arrayBuffer());
      expect(dist.integrity).toBe(`sha512-${createHash('sha512').update(bytes).digest('base64')}`);
    }
  });

  it('has nothing else', async () => {
    for (const asked of ['left-pad', `${SQUAT.name}/-/${SQUAT.name}-2.0.0.tgz`]) {
      const answer = await fetch(`${registry.url}${asked}`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/json']);
    }
  });

  it('counts downloads by name, those that failed too, and each of them once', async () => {
    await documentOf(SQUAT.name);
    expect(registry.takeDownloads(SQUAT.name)).toBe(0);
    for (const version of ['1.0.0', '1.0.0', '9.9.9'])
      await (await fetch(`${registry.url}${SQUAT.name}/-/${SQUAT.name}-${version}.tgz`)).arrayBuffer();
    expect(registry.takeDownloads(CONTROL.name)).toBe(0);
    expect([registry.takeDownloads(SQUAT.name), registry.takeDownloads(SQUAT.name)]).toEqual([3, 0]);
  });
});

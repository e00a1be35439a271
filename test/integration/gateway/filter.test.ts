import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTarballRegistry, type TarballRegistry } from '../../support/tarball-registry.js';
import { buildPlugin, type RunningVerdaccio, startVerdaccio, verdaccios } from '../../support/verdaccio.js';

const { programs, skipped } = verdaccios();
for (const reason of skipped) it.skip(reason);

/** Of last week, with an installation script, and nobody behind it. */
const SQUAT = 'zq-express-guard-kit';
const HEALTHY = 'zq-healthy';

describe.each(programs)('Verdaccio $version with the gateway', (program) => {
  let upstream: TarballRegistry;
  let verdaccio: RunningVerdaccio;
  beforeAll(async () => {
    upstream = await startTarballRegistry([
      {
        name: SQUAT,
        ageDays: 3,
        repository: null,
        description: null,
        versions: { '1.0.0': { manifest: { scripts: { postinstall: 'node x.js' } } } },
      },
      { name: HEALTHY, ageDays: 900, versions: { '1.0.0': {}, '1.1.0': {}, '1.2.0': {}, '2.0.0': {} } },
    ]);
    verdaccio = await startVerdaccio(program, buildPlugin(), {
      uplink: upstream.url,
      plugin: { downloads: 'none', deadlineMs: 5_000 },
    });
  });
  afterAll(async () => {
    await verdaccio.stop();
    await upstream.close();
  });
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${verdaccio.url}${path}`, { headers });
    return { status: response.status, headers: response.headers, body: await response.text() };
  };

  it('refuses a fresh squat by its name, with the reason', async () => {
    const answer = await get(SQUAT);
    expect(answer.status).toBe(403);
  });
  it('serves a healthy package', async () => {
    const answer = await get(HEALTHY);
    expect(answer.status).toBe(200);
    const tar = await get(`${HEALTHY}/-/${HEALTHY}-2.0.0.tgz`);
    expect(tar.status).toBe(200);
    const no = await get(`${SQUAT}/-/${SQUAT}-1.0.0.tgz`);
    expect(no.status).toBe(403);
  });
});

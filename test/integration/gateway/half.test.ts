import { afterEach, describe, expect, it } from 'vitest';
import { buildPlugin, verdaccios } from '../../support/verdaccio.js';
import { ESTABLISHED, type GatewayWorld, SQUAT, startWorld } from './support.js';

const { programs, skipped } = verdaccios();
for (const reason of skipped) it.skip(reason);
const plugins = programs.length === 0 ? '' : buildPlugin();

const HEALTH = '-/phantom-guard/health';
const TARBALLS = [`${SQUAT}/-/${SQUAT}-1.0.0.tgz`, `${ESTABLISHED}/-/${ESTABLISHED}-4.1.0.tgz`];
/** Without it version 5 says nothing. */
const LOG = { type: 'stdout', format: 'pretty', level: 'warn' };
let world: GatewayWorld | null = null;
afterEach(async () => await world?.close());

describe.each(programs)('Verdaccio $version with one entry of the plugin', (program) => {
  it('serves no tarball of an uplink without the filter, and its health says so', async () => {
    world = await startWorld(program, plugins, { config: { filters: {} } });
    for (const tarball of TARBALLS) expect((await world.get(tarball)).status).toBe(503);
    const { status, body } = await world.get(HEALTH);
    expect([status, JSON.parse(body)]).toMatchObject([
      503,
      { status: 'failing', problems: [expect.stringContaining('filters')] },
    ]);
  });

  it('has documents without versions and no health without the middleware, and its log says why', async () => {
    world = await startWorld(program, plugins, { config: { middlewares: {}, log: LOG } });
    for (const name of [SQUAT, ESTABLISHED]) {
      const { status, body } = await world.get(name);
      const { versions = {} } = JSON.parse(body) as { readonly versions?: object };
      expect([status === 200 || status === 404, Object.keys(versions)]).toEqual([true, []]);
    }
    expect((await world.get(HEALTH)).status).toBe(404);
    expect(world.verdaccio.output()).toContain('has to stand under middlewares');
  });
});

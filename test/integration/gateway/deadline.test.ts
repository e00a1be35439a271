import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../support/fake-listen.js';
import { buildPlugin, verdaccios } from '../../support/verdaccio.js';
import { type GatewayWorld, HEALTHY, SQUAT, startWorld } from './support.js';

const { programs, skipped } = verdaccios();
for (const reason of skipped) it.skip(reason);

const plugins = programs.length === 0 ? '' : buildPlugin();

describe.each(programs)('a judgement that takes too long, in Verdaccio $version', (program) => {
  let counter: Server;
  let downloads: string;
  let waiting: (() => void)[] = [];
  let isOpen = false;
  beforeAll(async () => {
    // Counts downloads, and answers when it is told to.
    counter = createServer((_, response) => {
      const answer = () =>
        void response.writeHead(200, { 'content-type': 'application/json' }).end('{"downloads":50000}');
      if (isOpen) answer();
      else waiting.push(answer);
    });
    downloads = `http://127.0.0.1:${await listen(counter)}`;
  });
  afterAll(() => {
    counter.closeAllConnections();
    counter.close();
  });

  const world = (onDeadline: 'block' | 'allow'): Promise<GatewayWorld> =>
    startWorld(program, plugins, {
      plugin: { downloads, deadlineMs: 50, onDeadline, decisionLog: 'decisions.ndjson' },
    });

  it('is refused for the moment, and is there when it is asked for again', async () => {
    const there = await world('block');
    try {
      for (const asked of [HEALTHY, `${HEALTHY}/-/${HEALTHY}-2.0.0.tgz`]) {
        const { status, headers, body } = await there.get(asked);
        expect([status, headers.get('retry-after'), headers.get('cache-control')]).toEqual([
          503,
          '5',
          'no-store',
        ]);
        expect(JSON.parse(body)).toEqual({
          error: `phantom-guard: ${HEALTHY} could not be judged in time, try again`,
        });
      }
      expect(there.upstream.requestedTarballs()).toEqual([]);
      await expect
        .poll(() => there.log().at(-1))
        .toMatchObject({ name: HEALTHY, action: 'undecided', served: false });
      isOpen = true;
      for (const answer of waiting) answer();
      waiting = [];
      await expect.poll(async () => (await there.get(HEALTHY)).status, { timeout: 10_000 }).toBe(200);
      const tarball = async () => (await there.get(`${HEALTHY}/-/${HEALTHY}-2.0.0.tgz`)).status;
      await expect.poll(tarball, { timeout: 10_000 }).toBe(200);
      const { body } = await there.get('-/phantom-guard/metrics');
      expect(body).toMatch(/^phantom_guard_deadline_hits_total [1-9]/m);
    } finally {
      isOpen = false;
      await there.close();
    }
  });

  it('passes where that was chosen, and the log says so', async () => {
    const there = await world('allow');
    try {
      expect((await there.get(SQUAT)).status).toBe(200);
      await expect
        .poll(() => there.log().at(-1))
        .toMatchObject({ name: SQUAT, action: 'undecided', served: true });
    } finally {
      await there.close();
    }
  });
});

describe.each(programs)('a gateway that can judge nothing, in Verdaccio $version', (program) => {
  it.each([
    ['a configuration that is not there', { config: 'nowhere.json' }],
    ['an option that it does not know', { downloads: 'none', deadlinems: 5 }],
    ['an option with a wrong value', { downloads: 'none', onDeadline: 'ask' }],
  ])('serves nothing of an uplink, and its health says why: %s', async (_, plugin) => {
    const there = await startWorld(program, plugins, { plugin });
    try {
      for (const asked of [
        HEALTHY,
        'express',
        `${HEALTHY}/-/${HEALTHY}-2.0.0.tgz`,
        'express/-/express-4.1.0.tgz',
      ])
        expect([asked, (await there.get(asked)).status]).toEqual([asked, 503]);
      const { status, body } = await there.get('-/phantom-guard/health');
      expect([status, JSON.parse(body)]).toMatchObject([503, { status: 'failing' }]);
      expect(JSON.parse(body).problems[0]).toMatch(/nowhere\.json|deadlinems|onDeadline/);
      expect(there.upstream.requestedTarballs()).toEqual([]);
    } finally {
      await there.close();
    }
  });
});

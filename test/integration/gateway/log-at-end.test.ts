import { describe, expect, it } from 'vitest';
import { buildPlugin, verdaccios } from '../../support/verdaccio.js';
import { SQUAT, startWorld } from './support.js';

const { programs, skipped } = verdaccios();
for (const reason of skipped) it.skip(reason);

const plugins = programs.length === 0 ? '' : buildPlugin();
const AT_ONCE = 60;

describe.each(programs)('Verdaccio $version that ends by itself when it gets a signal', (program) => {
  it('has logged each refusal that it has answered', async () => {
    const world = await startWorld(program, plugins, { env: { VERDACCIO_HANDLE_KILL_SIGNALS: 'true' } });
    let refused = 0;
    let told = (): void => undefined;
    const first = new Promise<void>((resolve) => {
      told = resolve;
    });
    const ask = async (): Promise<void> => {
      const { status } = await world.get(`${SQUAT}/-/${SQUAT}-1.0.0.tgz`);
      if (status === 403) refused++;
      told();
    };
    try {
      expect((await world.get(SQUAT)).status).toBe(403);
      const all = Array.from({ length: AT_ONCE }, () => ask().catch(() => undefined));
      await first;
      await world.verdaccio.stop('SIGTERM');
      await Promise.all(all);
      const lines = world.log().filter(({ version }) => version === '1.0.0');
      expect(refused).toBeGreaterThan(0);
      expect(lines.length).toBeGreaterThanOrEqual(refused);
      expect(lines.length).toBeLessThanOrEqual(AT_ONCE);
    } finally {
      await world.close();
    }
  });
});

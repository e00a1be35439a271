import { afterEach, describe, it } from 'vitest';
import { closeWorlds, expectReport, openWorld, tryAttack } from './attack-world.js';
import { SPEC_ATTACKS } from './spec-attacks.js';

afterEach(closeWorlds);

describe('specs', () => {
  it.each(SPEC_ATTACKS.map((one) => [`${one.attack}: ${one.must}`, one] as const))('%s', async (_, one) => {
    await tryAttack(one);
  });

  it('an alias without a key on the command line: is judged by the name behind it', async () => {
    const { run } = await openWorld({ absent: ['zq-invented'] });
    const ran = await run(['validate', 'npm:zq-invented@1']);
    expectReport(ran, { status: 1, packages: [{ name: 'zq-invented', alias: null, risk: 'not-found' }] });
  });
});

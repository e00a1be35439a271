import { afterEach, describe, it } from 'vitest';
import { closeWorlds, tryAttack } from './attack-world.js';
import { SPEC_ATTACKS } from './spec-attacks.js';

afterEach(closeWorlds);

describe('specs', () => {
  it.each(SPEC_ATTACKS.map((one) => [`${one.attack}: ${one.must}`, one] as const))('%s', async (_, one) => {
    await tryAttack(one);
  });
});

import { afterEach, describe, it } from 'vitest';
import { closeWorlds, tryAttack } from './attack-world.js';
import { LOCKFILE_ATTACKS } from './lockfile-attacks.js';

afterEach(closeWorlds);

describe('lockfiles', () => {
  it.each(LOCKFILE_ATTACKS.map((one) => [`${one.attack}: ${one.must}`, one] as const))(
    '%s',
    async (_, one) => {
      await tryAttack(one);
    },
  );
});

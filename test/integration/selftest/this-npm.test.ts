import { describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { fakeIo } from '../../support/fake-io.js';

describe('selftest with the npm of this machine', () => {
  it('ends with 0 and a table where the wrapper is all that is there', { timeout: 120_000 }, async () => {
    const { io, stdout } = fakeIo();
    expect(await main(['selftest'], io)).toEqual({ status: 0, signal: null });
    expect(stdout()).toMatch(
      /^phantom-guard-install npm install X {2}stopped before any download \(T0\) {2}installed/m,
    );
    expect(stdout()).toContain('nothing guards this');
  });

  it('takes no operand', async () => {
    const { io, stderr } = fakeIo();
    expect((await main(['selftest', 'npm'], io)).status).toBe(2);
    expect(stderr()).toContain('USAGE');
  });
});

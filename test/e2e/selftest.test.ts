import { describe, expect, it } from 'vitest';
import { runCli } from '../support/run-cli.js';

describe('phantom-guard-install selftest', () => {
  it('ends with 0 and a table where the wrapper is all that is there', async () => {
    const { status, stdout } = await runCli(['selftest']);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^phantom-guard-install npm install X {2}stopped before any download \(T0\) {2}installed/m,
    );
    expect(stdout).toContain('nothing guards this');
  }, 120_000);
});

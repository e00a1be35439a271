import { describe, expect, it } from 'vitest';
import { parsePlainSpecs } from '../../../src/specs/parse-plain-specs.js';
import { parseSpecs } from '../../../src/specs/parse-specs.js';

describe('a plain spec', () => {
  it.each(['zq', '@zq/a', 'zq@1.0.0', 'zq@1.0.0-beta.1', 'zq@^2', 'zq@latest', '@zq/a@~1.2'])(
    'is read as npm reads it: %s',
    (spec) => {
      expect(parsePlainSpecs([spec])?.entries).toEqual(parseSpecs([spec], '/zq').entries);
    },
  );

  it.each(['-', '-@e', '~/zq', 'zq.tgz', 'zq@1.0.0-.', 'zq@1.0.0-a_b', 'y@npm:z', 'zq@>=1 <2', '@zq', ''])(
    'is none, and left to npm: %j',
    (spec) => {
      expect(parsePlainSpecs([spec])).toBeNull();
    },
  );
});

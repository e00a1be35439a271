import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCases } from '../../../bench/agents/read-cases.js';
import { readShellLine } from '../../../src/shell/read-shell-line.js';
import { readSimpleLine } from '../../../src/shell/read-simple-line.js';

const WORDS =
  'npm npx pnpm yarn bun bunx install i add exec x -c -- dlx run create sh bash eval env sudo time coproc if function alias export cd web/ ' +
  'xargs nohup A=b A+=b -g --prefix zq-a zq-b@^1 @zq/c npm:zq-d ./a.sh /usr/bin/npm corepack . source command exit';

describe('a line without quotes, expansions and operators', () => {
  it('is read as the parser reads it, or left to the parser', () => {
    const line = fc.array(fc.constantFrom(...WORDS.split(' ')), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(line, (words) => {
        const text = words.join(' ');
        const simple = readSimpleLine(text);
        if (simple !== null) expect(simple).toEqual(readShellLine(text));
      }),
      { numRuns: 3000 },
    );
  });

  it('is read as the parser reads it, whatever its characters', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (first, rest) => {
        const text = `${first} npm i ${rest}`;
        const simple = readSimpleLine(text);
        if (simple !== null) expect(simple).toEqual(readShellLine(text));
      }),
      { numRuns: 3000 },
    );
  });

  it('is read as the parser reads it, in every recorded call', () => {
    let simple = 0;
    for (const { input } of readCases('bench/agents')) {
      const line = (input['tool_input'] as { readonly command?: unknown } | undefined)?.command;
      if (typeof line !== 'string') continue;
      const findings = readSimpleLine(line);
      if (findings === null) continue;
      simple += 1;
      expect(findings, line).toEqual(readShellLine(line));
    }
    expect(simple).toBeGreaterThan(40);
  });

  it.each(['npm install express', 'npx create-zq@latest app', 'sudo env A=b npm i zq-a', 'bash -c npm'])(
    'needs no parser: %s',
    (line) => {
      expect(readSimpleLine(line)).not.toBeNull();
    },
  );

  it.each([
    'A=b npm i zq-a',
    'coproc npm i zq-a',
    'npm i $X',
    'npm i "zq-a"',
    'npm i zq-a; ls',
    'npm i zq-a\nls',
    '',
  ])('needs the parser: %j', (line) => {
    expect(readSimpleLine(line)).toBeNull();
  });
});

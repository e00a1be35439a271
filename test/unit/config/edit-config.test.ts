import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendException, updateException } from '../../../src/config/edit-config.js';
import { ENTRY } from './samples.js';
import { configFile, manifestFile } from './support.js';

const ADDED = { ...ENTRY, name: 'zq-added', signals: ['TYPOSQUAT', 'FEW_RELEASES'], author: undefined };

/** `before` with `inserted` somewhere: nothing that was there has changed. */
function expectOnlyInsertion(before: string, after: string): void {
  const start = [...before].findIndex((character, index) => after[index] !== character);
  const length = after.length - before.length;
  expect(after.slice(0, start) + after.slice(start + length)).toBe(before);
}

describe('an exception that is added', () => {
  it('is laid out as what is there', () => {
    const before = '{\n\t"exceptions": [\n\t\t{ "name": "zq-a" }\n\t],\n\t"failOn": "suspicious"\n}';
    expect(appendException(configFile(before), { name: 'zq-b', signals: ['TYPOSQUAT'] })).toBe(
      '{\n\t"exceptions": [\n\t\t{ "name": "zq-a" },\n\t\t{\n\t\t\t"name": "zq-b",\n\t\t\t"signals": [\n\t\t\t\t"TYPOSQUAT"\n\t\t\t]\n\t\t}\n\t],\n\t"failOn": "suspicious"\n}',
    );
  });

  it.each([
    ['{"exceptions":[{"name":"zq-a"}]}', '{"exceptions":[{"name":"zq-a"},{"name":"zq-b"}]}'],
    ['{"failOn":"suspicious"}\n', '{"failOn":"suspicious","exceptions":[{"name":"zq-b"}]}\n'],
    ['{ "failOn": "suspicious" }', '{ "failOn": "suspicious", "exceptions": [{"name": "zq-b"}] }'],
    ['{}\r\n', '{\r\n  "exceptions": [\r\n    {\r\n      "name": "zq-b"\r\n    }\r\n  ]\r\n}\r\n'],
    [
      '{\r\n    "exceptions": []\r\n}',
      '{\r\n    "exceptions": [\r\n        {\r\n            "name": "zq-b"\r\n        }\r\n    ]\r\n}',
    ],
  ])('to %j', (before, after) => {
    expect(appendException(configFile(before), { name: 'zq-b', author: undefined })).toBe(after);
  });

  it('goes under the key of a package.json', () => {
    const before = '{\n  "name": "zq-app",\n  "phantomGuard": {},\n  "version": "1.0.0"\n}\n';
    const after = appendException(manifestFile(before), { name: 'zq-b' });
    expect(after).toBe(
      before.replace('{}', '{\n    "exceptions": [\n      {\n        "name": "zq-b"\n      }\n    ]\n  }'),
    );
  });

  it('leaves every other byte alone, whatever the layout', () => {
    const document = fc.record(
      {
        failOn: fc.constant('suspicious'),
        exceptions: fc.array(fc.constant({ ...ENTRY }), { minLength: 1, maxLength: 3 }),
        trustedScopes: fc.constant(['@a', '@b']),
      },
      { requiredKeys: [] },
    );
    const indent = fc.constantFrom('', '  ', '\t', '    ');
    const eol = fc.constantFrom('\n', '\r\n');
    const end = fc.constantFrom('', '\n', '\n\n');
    fc.assert(
      fc.property(document, indent, eol, end, (content, unit, newline, tail) => {
        fc.pre(Object.keys(content).length > 0);
        const before = (JSON.stringify(content, null, unit) + tail).replaceAll('\n', newline);
        const after = appendException(configFile(before), ADDED);
        const { author, ...expected } = ADDED;
        expect(JSON.parse(after)).toEqual({
          ...content,
          exceptions: [...(content.exceptions ?? []), expected],
        });
        expectOnlyInsertion(before, after);
        if (newline === '\r\n') expect(after).not.toMatch(/(?<!\r)\n/);
        expect(after).toBe((JSON.stringify(JSON.parse(after), null, unit) + tail).replaceAll('\n', newline));
      }),
    );
  });
});

describe('an exception that is changed', () => {
  const before = `{
  "exceptions": [
    { "version": "^1.2.0", "author": "Ada",   "reason": "old", "name": "zq-reviewed", "signals": ["TYPOSQUAT"] },
    { "name": "zq-other" }
  ]
}
`;

  it('keeps the order and layout of its members', () => {
    const members = { reason: 'new', author: undefined, expires: '2026-12-31', integrity: undefined };
    expect(updateException(configFile(before), 0, members)).toBe(
      before
        .replace('"old"', '"new"')
        .replace(', "author": "Ada"', '')
        .replace('["TYPOSQUAT"]', '["TYPOSQUAT"], "expires": "2026-12-31"'),
    );
  });

  it('stays byte for byte when it is as wanted', () => {
    expect(updateException(configFile(before), 0, { reason: 'old', author: 'Ada' })).toBe(before);
  });
});

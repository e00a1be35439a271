import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GuardError } from '../../../src/errors.js';
import { addPreinstall, PREINSTALL, removePreinstall } from '../../../src/wiring/edit-preinstall.js';

function preinstallOf(text: string): unknown {
  return JSON.parse(text).scripts.preinstall;
}

describe('the preinstall script', () => {
  it.each([
    ['no scripts', '{\n  "name": "x"\n}\n'],
    ['tabs and no newline at the end', '{\n\t"name": "x",\n\t"scripts": {\n\t\t"test": "a"\n\t}\n}'],
    ['CRLF', '{\r\n  "name": "x",\r\n  "scripts": {\r\n    "test": "a"\r\n  }\r\n}\r\n'],
    ['one line', '{"name":"x"}'],
    ['one line with blanks', '{ "name": "x", "scripts": { "test": "a" } }'],
    ['an empty document', '{}'],
    ['an empty document on two lines', '{\n}\n'],
    ['empty scripts at the end', '{\n  "name": "x",\n  "scripts": {}\n}\n'],
    ['empty scripts on one line', '{"name":"x","scripts":{}}'],
    ['empty scripts on two lines', '{\n  "scripts": {\n  },\n  "name": "x"\n}\n'],
    ['scripts in the middle', '{\n    "scripts": {"a": "b"}, "name": "x"}\n'],
    ['members on the line of the bracket', '{"name": "x",\n "version": "1.0.0"}\n'],
    ['a script of its own', '{"scripts":{"preinstall":"node \\u0061.js","b":"c"}}'],
    ['a script that is empty', '{"scripts":{"preinstall":" "}}'],
    ['a script that goes on after a failure', '{"scripts":{"preinstall":"a || b; c & d"}}'],
    ['a script in parentheses', '{"scripts":{"preinstall":"( a )"}}'],
  ])('goes in and out of a package.json with %s without another change', (_, text) => {
    const wired = addPreinstall(text);
    expect(preinstallOf(wired)).toMatch(/^node \.phantom-guard\/preinstall\.cjs(?: |$)/);
    expect(addPreinstall(wired)).toBe(wired);
    expect(removePreinstall(wired)).toBe(text);
    expect(removePreinstall(text)).toBe(text);
  });

  it('comes before what the project ran, which runs only when the guard lets it', () => {
    expect(preinstallOf(addPreinstall('{"scripts":{"preinstall":"a && b"}}'))).toBe(
      `${PREINSTALL} && a && b`,
    );
    expect(preinstallOf(addPreinstall('{"scripts":{"preinstall":"a || true"}}'))).toBe(
      `${PREINSTALL} && ( a || true )`,
    );
  });

  it('goes in and out of any object', () => {
    const key = fc.string().filter((one) => one !== 'scripts' && one !== '__proto__');
    const document = fc.record(
      { members: fc.dictionary(key, fc.jsonValue()), scripts: fc.dictionary(fc.string(), fc.string()) },
      { requiredKeys: ['members'] },
    );
    fc.assert(
      fc.property(document, fc.constantFrom('', '  ', '\t'), ({ members, scripts }, indent) => {
        const text = JSON.stringify(scripts === undefined ? members : { ...members, scripts }, null, indent);
        const { preinstall = '' } = scripts ?? {};
        if (/[#\r\n]/.test(preinstall) || preinstall.startsWith(PREINSTALL)) return;
        expect(removePreinstall(addPreinstall(text))).toBe(text);
      }),
    );
  });

  it.each([
    ['[]', 'MANIFEST_UNREADABLE'],
    ['{"scripts":[]}', 'MANIFEST_UNREADABLE'],
    ['{"scripts":{"preinstall":1}}', 'MANIFEST_UNREADABLE'],
    ['{"scripts":{},"scripts":{"preinstall":"x"}}', 'MANIFEST_UNREADABLE'],
    ['{"scripts":{"preinstall":"a; b # c"}}', 'USAGE'],
  ])('is not put into %s', (text, code) => {
    expect(() => addPreinstall(text)).toThrow(GuardError);
    try {
      addPreinstall(text);
    } catch (error) {
      expect(error).toMatchObject({ code });
    }
  });

  it('stays where somebody has changed it', () => {
    const text = `{"scripts":{"preinstall":"x && ${PREINSTALL}"}}`;
    expect(removePreinstall(text)).toBe(text);
  });
});

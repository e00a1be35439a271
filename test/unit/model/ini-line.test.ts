import { describe, expect, it } from 'vitest';
import { splitIniLine } from '../../../src/model/ini-line.js';
import { parseIni } from '../../../src/registry/pnpm-config.js';
import { npmrcSetting } from '../../../src/wiring/npmrc.js';

const SECOND_US = 1_000_000;
const BLANKS = ' '.repeat(1024 * 1024);

describe('a line of an .npmrc', () => {
  it.each([
    ['a=b', ['a', 'b']],
    ['  a  =  b  c ', ['a', 'b  c']],
    ['a=', ['a', '']],
    ['a=b=c', ['a', 'b=c']],
    ['\uFEFFa=b', ['a', 'b']],
    ['//host.example.test/:_auth=eDp5', ['//host.example.test/:_auth', 'eDp5']],
  ])('%j sets a key', (line, expected) => {
    expect(splitIniLine(line)).toEqual(expected);
  });

  it.each(['', 'a', '=b', '  = b', '; a=b', ' # a=b', '[section]'])('%j sets none', (line) => {
    expect(splitIniLine(line)).toBeNull();
  });

  it.each([`a${BLANKS}`, `a${BLANKS}b=c`, `a=${BLANKS}b${BLANKS}c`, `${BLANKS}=`])(
    'of a megabyte of blanks is read within a second',
    (line) => {
      const before = process.cpuUsage();
      parseIni({ path: '/zq/rc', text: line }, {});
      npmrcSetting(Buffer.from(line), 'a');
      expect(process.cpuUsage(before).user).toBeLessThan(SECOND_US);
    },
  );
});

import { describe, expect, it, vi } from 'vitest';
import { parsePackageName } from '../../../src/model/package-name.js';
import { createNameJudge } from '../../../src/names/judge-name.js';
import { loadNameData } from '../../../src/names/load-name-data.js';

const nameOf = (text: string) => {
  const name = parsePackageName(text);
  if (name === null) throw new Error(text);
  return name;
};

describe('the judge of names', () => {
  const data = loadNameData();

  it('compares a name once, and says the same again', () => {
    const searched = vi.spyOn(data, 'existedAtSnapshot');
    const judge = createNameJudge(data);
    const name = nameOf('express-jsonwebtoken-guard');
    const first = judge(name, true);
    expect(first.imitations).not.toEqual([]);
    expect(judge(name, false)).toEqual(first);
    expect(judge(name, true)).toEqual(first);
    expect(searched).toHaveBeenCalledTimes(1);
  });

  it('keeps apart who asks for an established name', () => {
    const established = nameOf('react-dom');
    for (const order of [
      [true, false],
      [false, true],
    ]) {
      const judge = createNameJudge(data);
      for (const isDirect of order)
        expect(judge(established, isDirect)).toEqual(createNameJudge(data)(established, isDirect));
    }
  });

  it('judges as before when more names came than it remembers', () => {
    const judge = createNameJudge(data);
    const name = nameOf('loadash');
    const first = judge(name, true);
    for (let index = 0; index < 4_200; index++) judge(nameOf(`zq-${index}-nobody`), true);
    expect(judge(name, true)).toEqual(first);
  });
});

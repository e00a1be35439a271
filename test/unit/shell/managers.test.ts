import library from '@npmcli/config/lib/definitions/index.js';
import { expect, it } from 'vitest';
import { NPM_VALUED } from '../../../src/shell/managers/npm-line.js';

it('the options of npm that take a value are those of npm’s own table', () => {
  const isSwitch = (type: unknown): boolean =>
    type === Boolean || (Array.isArray(type) && type.includes(Boolean));
  const valued = Object.entries(library.definitions).flatMap(([name, { type }]) =>
    isSwitch(type) ? [] : [name],
  );
  expect(valued.length).toBeGreaterThan(100);
  expect(valued.filter((name) => !NPM_VALUED.has(name))).toEqual([]);
  expect([...NPM_VALUED].filter((name) => isSwitch(library.definitions[name]?.type))).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import { GuardError } from '../../../src/errors.js';
import { parseSpecs } from '../../../src/specs/parse-specs.js';

function only(spec: string) {
  const [entry] = parseSpecs([spec], '/project').entries;
  return entry;
}

describe('a spec', () => {
  it.each([
    ['left-pad', { name: 'left-pad', version: null, spec: null, alias: null }],
    ['left-pad@1.3.0', { name: 'left-pad', version: '1.3.0', spec: '1.3.0' }],
    ['@scope/x@^2', { name: '@scope/x', version: null, spec: '^2' }],
    ['left-pad@latest', { name: 'left-pad', version: null, spec: 'latest' }],
    ['y@npm:z@1.0.0', { name: 'z', alias: 'y', version: '1.0.0' }],
    ['JSONStream', { name: 'JSONStream' }],
  ])('%s is a direct dependency from the registry', (spec, expected) => {
    expect(only(spec)).toMatchObject({
      source: 'registry',
      direct: true,
      registryName: expected.name,
      ...expected,
    });
  });

  it.each([
    ['github:user/repo', 'git'],
    ['https://host.example/x.tgz', 'remote'],
    ['./x.tgz', 'file'],
    ['../folder', 'link'],
  ])('%s is a %s source that no registry is asked about', (spec, source) => {
    expect(only(spec)).toMatchObject({ source, registryName: null });
    expect(parseSpecs([spec], '/project').unchecked).toHaveLength(1);
  });

  it.each(['@scope', 'with space', 'a@b@c d', ' ', 'x@npm:..', '-flag name'])('%j is refused', (spec) => {
    expect(() => parseSpecs([spec], '/project')).toThrow(GuardError);
  });

  it.each([
    ['https://registry.npmjs.org/zq-widget/-/zq-widget-1.0.1.tgz', 'zq-widget', '1.0.1'],
    ['other@https://r.test/@s/n/-/n-1.0.0.tgz', '@s/n', '1.0.0'],
  ])('%s stands for the name in the URL too', (spec, name, version) => {
    const { entries, edges, unchecked } = parseSpecs([spec], '/project');
    expect(entries).toMatchObject([
      { source: 'remote', registryName: null },
      { source: 'registry', name, registryName: name, version, direct: true, resolved: null },
    ]);
    expect(edges.get('root')).toEqual(entries.map(({ id }) => id));
    expect(unchecked).toHaveLength(1);
  });

  it('is judged once when it is given twice', () => {
    expect(parseSpecs(['a', 'a'], '/project').entries).toHaveLength(1);
  });
});

import { GuardError } from '../../../src/errors.js';
import { parseManifest } from '../../../src/lockfile/manifest.js';
import { parseSpec } from '../../../src/lockfile/parse-spec.js';
import { parseYaml } from '../../../src/lockfile/pnpm/parse-yaml.js';
import { parseYamlRegistries } from '../../../src/lockfile/pnpm/pnpm-registries.js';
import { parsePnpmWorkspace } from '../../../src/lockfile/pnpm/pnpm-workspace.js';
import { type FuzzTarget, mustHold } from '../target.js';
import { fixture, JSON_WORDS, NAME_WORDS, SPEC_WORDS, YAML_WORDS } from './fixtures.js';

const fail = (detail: string, cause?: unknown): GuardError =>
  new GuardError('MANIFEST_UNREADABLE', detail, '', cause);

/** Holds besides: every dependency line is read. */
export const manifest: FuzzTarget = {
  name: 'manifest',
  share: 12,
  seeds: () => [
    fixture('lockfiles/npm-v3/package.json'),
    '{"name":"zq","packageManager":"pnpm@9.0.0","workspaces":["a/*"],"dependencies":{"zq-a":"npm:zq-b@1"},"overrides":{"zq-a":{".":"1","zq-b":"2"}},"devEngines":{"packageManager":[{"name":"npm"}]}}',
    '{"pnpm":{"overrides":{"a>b":"npm:c@1"},"packageExtensions":{"a":{"dependencies":{"b":"1"}}},"patchedDependencies":{"a@1":"p"},"configDependencies":{"a":"1.0.0+sha512-eA=="}}}',
  ],
  words: [
    ...JSON_WORDS,
    ...NAME_WORDS,
    ...SPEC_WORDS,
    ...[
      '"dependencies":',
      '"overrides":',
      '"resolutions":',
      '"pnpm":',
      '"workspaces":',
      '"packages":',
      '"optional":true',
    ],
  ],
  run: async (bytes) => {
    const text = bytes.toString('utf8');
    const { requests, overrides } = parseManifest({ text, file: 'package.json' });
    const { dependencies } = JSON.parse(text) as { readonly dependencies?: object };
    const keys = new Set(requests.map(({ key }) => key));
    for (const key of Object.keys(dependencies ?? {})) mustHold(keys.has(key), `${key} was not read`);
    for (const { key, spec } of [...requests, ...overrides].slice(0, 100))
      await parseSpec(key, spec, new Map());
  },
};

export const pnpmWorkspace: FuzzTarget = {
  name: 'pnpm-workspace',
  seeds: () => [
    fixture('lockfiles/pnpm-9.0-config-dependencies/pnpm-workspace.yaml'),
    "packages:\n  - 'a/*'\ncatalog:\n  zq-a: ^1.0.0\ncatalogs:\n  b:\n    zq-c: npm:zq-d@1\noverrides:\n  'a>b': 1.0.0\nregistry: https://host.example.test/\nregistries:\n  default: https://host.example.test/\n  '@zq': https://other.example.test/\n",
  ],
  words: [
    ...YAML_WORDS,
    ...SPEC_WORDS,
    ...NAME_WORDS,
    'catalogs:\n',
    'overrides:\n',
    'registries:\n',
    'packageExtensions:\n',
  ],
  run: async (bytes) => {
    const input = { text: bytes.toString('utf8'), file: 'pnpm-workspace.yaml' };
    const [document] = await parseYaml(input, fail);
    parseYamlRegistries(document, fail);
    parsePnpmWorkspace(document, fail);
  },
};

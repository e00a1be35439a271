import { expect } from 'vitest';
import type { FakeRegistry, FakeRegistryOptions } from '../support/fake-registry.js';
import { describeMatrix } from './access-matrix.js';
import type { Laid, Way } from './access-ways.js';
import { type Layer, NAME, registryWith, SCOPED, type Settings } from './access-world.js';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const TOKEN = 'zq-token-of-the-registry';
const OTHER = 'zq-token-of-another';
const PASSWORD = 'pässw:rd@1';
const BASIC = `Basic ${base64(`ada:${PASSWORD}`)}`;
const BEARER = `Bearer ${TOKEN}`;
/** As a file of npm's names a variable. */
const variable = (name: string): string => ['$', '{', name, '}'].join('');
const FILES: readonly Layer[] = ['project .npmrc', 'user .npmrc', 'global .npmrc'];

type Plan = {
  readonly way: string;
  readonly outcome: Way['outcome'];
  /** Of the registry that is asked. */
  readonly registry: FakeRegistryOptions;
  /** `key` gives the nerf-darted key of the registry itself. */
  readonly settings: (key: (name: string, path?: string) => string, registry: FakeRegistry) => Settings;
  /** The URL of the registry as configured, where it differs. */
  readonly url?: (registry: FakeRegistry) => string;
  /** The credentials that it has to be shown. */
  readonly shown: string;
  readonly layers?: Way['layers'];
  readonly env?: Readonly<Record<string, string>>;
};

function wayOf({ way, outcome, settings, url, shown, layers, env = {}, ...plan }: Plan): Way {
  return {
    way,
    outcome,
    ...(layers === undefined ? {} : { layers }),
    lay: async (): Promise<Laid> => {
      const registry = await registryWith(plan.registry);
      const key = (name: string, path = '/'): string => `//127.0.0.1:${registry.port}${path}:${name}`;
      return {
        settings: settings(key, registry),
        below: { registry: url?.(registry) ?? registry.url },
        env,
        registries: { registry },
        seen: () => expect(registry.requests.at(-1)?.headers.authorization ?? 'none').toBe(shown),
      };
    },
  };
}

const reached = (way: string, shown: string, settings: Plan['settings'], more: Partial<Plan> = {}): Way =>
  wayOf({ way, outcome: 'reached', registry: { authorization: shown }, shown, settings, ...more });
const refused = (way: string, shown: string, settings: Plan['settings'], more: Partial<Plan> = {}): Way =>
  wayOf({ way, outcome: 'refused', registry: { authorization: BEARER }, shown, settings, ...more });

const KINDS: readonly Way[] = [
  refused('a registry that wants credentials, without any', 'none', () => ({})),
  reached('_authToken', BEARER, (key) => ({ [key('_authToken')]: TOKEN })),
  reached('_authToken in a variable', BEARER, (key) => ({ [key('_authToken')]: variable('ZQ_TOKEN') }), {
    layers: FILES,
    env: { ZQ_TOKEN: TOKEN },
  }),
  refused(
    '_authToken in a variable that nobody sets',
    `Bearer ${variable('ZQ_NOWHERE')}`,
    (key) => ({
      [key('_authToken')]: variable('ZQ_NOWHERE'),
    }),
    { layers: FILES },
  ),
  reached('_auth', BASIC, (key) => ({ [key('_auth')]: base64(`ada:${PASSWORD}`) })),
  reached('username and _password', BASIC, (key) => ({
    [key('username')]: 'ada',
    [key('_password')]: base64(PASSWORD),
  })),
  refused('username without _password', 'none', (key) => ({ [key('username')]: 'ada' })),
  refused('_password without username', 'none', (key) => ({ [key('_password')]: base64(PASSWORD) })),
  reached('_authToken beside _auth and a password', BEARER, (key) => ({
    [key('_auth')]: base64('ada:x'),
    [key('username')]: 'ada',
    [key('_password')]: base64('x'),
    [key('_authToken')]: TOKEN,
  })),
  refused('_authToken that is wrong', `Bearer ${OTHER}`, (key) => ({ [key('_authToken')]: OTHER })),
  reached(
    'user and password in the URL of the registry',
    `Basic ${base64('ada:s3cret')}`,
    (_key, { port }) => ({
      registry: `http://ada:s3cret@127.0.0.1:${port}/`,
    }),
  ),
  reached(
    'a user without a password in the URL of the registry',
    `Basic ${base64('ada:')}`,
    (_key, { port }) => ({
      registry: `http://ada@127.0.0.1:${port}/`,
    }),
  ),
  reached('a token beside a user and a password in the URL of the registry', BEARER, (key, { port }) => ({
    registry: `http://ada:s3cret@127.0.0.1:${port}/`,
    [key('_authToken')]: TOKEN,
  })),
  refused(
    'a password in the URL of the registry that has to be decoded, which npm does not',
    `Basic ${base64(`ada:${encodeURIComponent(PASSWORD)}`)}`,
    (_key, { port }) => ({ registry: `http://ada:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/` }),
    { registry: { authorization: BASIC } },
  ),
];

const PATHS: readonly Way[] = [
  reached('_authToken of the path', BEARER, (key) => ({ [key('_authToken', '/npm/private/')]: TOKEN }), {
    registry: { authorization: BEARER, basePath: '/npm/private/' },
  }),
  reached('_authToken of the path above', BEARER, (key) => ({ [key('_authToken', '/npm/')]: TOKEN }), {
    registry: { authorization: BEARER, basePath: '/npm/private/' },
  }),
  reached('_authToken of the host, for a path', BEARER, (key) => ({ [key('_authToken')]: TOKEN }), {
    registry: { authorization: BEARER, basePath: '/npm/private/' },
  }),
  reached('_authToken under a key without a slash at the end', BEARER, (key) => ({
    [key('_authToken', '')]: TOKEN,
  })),
  reached(
    'the most specific of three',
    BEARER,
    (key) => ({
      [key('_authToken')]: OTHER,
      [key('_authToken', '/npm/')]: OTHER,
      [key('_authToken', '/npm/private/')]: TOKEN,
    }),
    { registry: { authorization: BEARER, basePath: '/npm/private/' } },
  ),
  refused('_authToken of another path', 'none', (key) => ({ [key('_authToken', '/other/')]: TOKEN }), {
    registry: { authorization: BEARER, basePath: '/npm/' },
  }),
  refused(
    '_authToken of a path that only begins alike',
    'none',
    (key) => ({ [key('_authToken', '/np/')]: TOKEN }),
    {
      registry: { authorization: BEARER, basePath: '/npm/' },
    },
  ),
  refused('_authToken of the host without its port', 'none', () => ({ '//127.0.0.1/:_authToken': TOKEN })),
  refused('_authToken of another port', 'none', (_key, { port }) => ({
    [`//127.0.0.1:${port + 1}/:_authToken`]: TOKEN,
  })),
  refused('_authToken of another name of the host', 'none', (_key, { port }) => ({
    [`//localhost:${port}/:_authToken`]: TOKEN,
  })),
  reached(
    '_authToken, and a registry without a slash at the end',
    BEARER,
    (key) => ({ [key('_authToken', '/npm/')]: TOKEN }),
    {
      registry: { authorization: BEARER, basePath: '/npm/' },
      url: ({ url }) => url.slice(0, -1),
    },
  ),
];

/** A scope with a registry of its own beside the default one, and a token for each. */
function scoped(
  way: string,
  name: string,
  outcome: Way['outcome'],
  tokens: { main?: string; scope?: string },
): Way {
  return {
    way,
    outcome,
    lay: async () => {
      const main = await registryWith({ authorization: `Bearer ${OTHER}` });
      const scope = await registryWith({ authorization: BEARER });
      const isScoped = name === SCOPED;
      const [asked, left] = isScoped ? [scope, main] : [main, scope];
      const token = (registry: FakeRegistry, value: string | undefined): Settings =>
        value === undefined ? {} : { [`//127.0.0.1:${registry.port}/:_authToken`]: value };
      return {
        name,
        settings: {
          '@zq-corp:registry': scope.url,
          ...token(main, tokens.main),
          ...token(scope, tokens.scope),
        },
        below: { registry: main.url },
        registries: { main, scope },
        seen: () => {
          expect(asked.requests.length).toBeGreaterThan(0);
          expect(left.requests).toEqual([]);
        },
      };
    },
  };
}

const SCOPES: readonly Way[] = [
  scoped('the registry of a scope, with its token', SCOPED, 'reached', { main: OTHER, scope: TOKEN }),
  scoped('the registry of a scope, with a token of the default registry only', SCOPED, 'refused', {
    main: OTHER,
  }),
  scoped('the default registry, beside one of a scope', NAME, 'reached', { main: OTHER, scope: TOKEN }),
  scoped('the default registry, with a token of the scope only', NAME, 'refused', { scope: TOKEN }),
];

/** Two registries on one host, by path, as servers of repositories have it. */
const SHARED_HOST: readonly Way[] = [
  {
    way: 'the registry of a scope on the host of the default one, with a token for its path only',
    outcome: 'reached',
    lay: async () => {
      const registry = await registryWith({ authorization: BEARER, basePath: '/corp/' });
      const root = `//127.0.0.1:${registry.port}`;
      return {
        name: SCOPED,
        settings: {
          '@zq-corp:registry': registry.url,
          [`${root}/corp/:_authToken`]: TOKEN,
          [`${root}/npm/:_authToken`]: OTHER,
        },
        below: { registry: `http:${root}/npm/` },
        registries: { registry },
      };
    },
  },
];

const UNBOUND: readonly Way[] = ['_authToken', '_auth', '_password'].flatMap((key) =>
  [FILES, ['environment'] as const].map(
    (layers): Way => ({
      way: `${key} that is bound to no registry`,
      // npm complains about its files only, and sends neither.
      outcome: layers === FILES ? 'refused' : 'reached',
      layers,
      lay: async () => {
        const registry = await registryWith();
        return {
          settings: { [key]: base64(TOKEN) },
          below: { registry: registry.url },
          registries: { registry },
          seen: () => expect(JSON.stringify(registry.requests)).not.toMatch(/authorization/i),
        };
      },
    }),
  ),
);

describeMatrix([...KINDS, ...PATHS, ...SCOPES, ...SHARED_HOST, ...UNBOUND]);

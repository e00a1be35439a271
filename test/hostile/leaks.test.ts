import { afterEach, describe, expect, it } from 'vitest';
import { COMMANDS, type Command } from './leak-commands.js';
import { closeWorlds, type Mode, openWorld, secret, secretsIn } from './leak-world.js';

const MODES: readonly Mode[] = [
  { mode: 'where all is well' },
  { mode: 'where the registry wants other credentials (401)', status: 401 },
  { mode: 'where the registry fails (500)', status: 500, feedStatus: 500 },
  { mode: 'where nobody listens', down: true },
  {
    mode: 'where the proxy is down',
    env: { NO_PROXY: '' },
    npmrc: [`proxy=http://ada:${secret('Proxy')}@127.0.0.1:9`],
  },
  { mode: 'where the certificate is not trusted', tls: true },
  { mode: 'where the registry is no URL', npmrc: [`registry=ada:${secret('Url')}@nowhere`] },
  { mode: 'where the proxy is no URL', npmrc: [`proxy=ada:${secret('Proxy')}@nowhere`] },
  { mode: 'where a token is bound to no registry', npmrc: [`_authToken=${secret('Unbound')}`] },
  {
    mode: 'where the lockfile is broken',
    files: ({ port }) => ({
      'package-lock.json': `{"lockfileVersion":3,"packages":{"node_modules/x":{"resolved":"http://ada:${secret('Resolved')}@127.0.0.1:${port}/x",}}}`,
    }),
  },
  {
    mode: 'where package.json is broken',
    files: () => ({
      'package.json': `{"name":"x","dependencies":{"x":"git+https://${secret('Git')}@git.test/x",}}`,
    }),
  },
  {
    mode: 'where the configuration is refused',
    files: () => ({
      'phantom-guard.config.json': {
        feeds: [{ source: `http://ada:${secret('Feed')}@feeds.test/f?k=${secret('FeedQuery')}` }],
      },
    }),
  },
  {
    mode: 'where the configuration is broken',
    files: ({ feedUrl }) => ({ 'phantom-guard.config.json': `{"feeds":[{"source":"${feedUrl}"},]]` }),
  },
];

afterEach(closeWorlds);

describe('leaks', () => {
  const cells = MODES.flatMap((mode) =>
    COMMANDS.map((command): [string, string, Command, Mode] => [command.command, mode.mode, command, mode]),
  );
  it.each(cells)('%s, %s: says and writes no secret', async (_, __, { words, stdin }, mode) => {
    const world = await openWorld(mode);
    const { said } = await world.run(words, stdin);
    expect(secretsIn(said), said).toEqual([]);
    // What accept, init and --output write is the user's own; what it took from him stays where it was.
    expect(world.written()).toEqual([]);
  });
});

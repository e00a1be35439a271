import path from 'node:path';
import { silentIo } from '../api/silent-io.js';
import { registryFor } from '../registry/settings.js';
import { createGateway, type Gateway } from './gateway.js';
import { recordIn } from './manifest.js';
import { createMiddleware } from './middleware.js';
import { parseOptions } from './options.js';
import { openRules } from './rules.js';
import type { Logger, VerdaccioConfig } from './verdaccio.js';

export { createMiddleware };

/** Two plugins, a filter and a middleware, are one gateway: by the configuration of the Verdaccio that loads them. */
const gateways = new WeakMap<VerdaccioConfig, Gateway>();

/** The key of the plugin below `filters` and `middlewares`. */
const PLUGIN = /^(?:verdaccio-)?phantom-guard$/;
const PUBLIC_REGISTRY = 'https://registry.npmjs.org/';

/** The gateway of a Verdaccio. Never throws: what is wrong with the options blocks everything and shows in its health. */
export function gatewayOf(config: VerdaccioConfig, logger: Logger): Gateway {
  const known = gateways.get(config);
  if (known !== undefined) return known;
  const file = [config['configPath'], config['self_path'], config['config_path']].find(
    (one): one is string => typeof one === 'string',
  );
  const { options, faults } = parseOptions(pluginOptions(config), path.dirname(file ?? ''));
  const io = silentIo({});
  const gateway = createGateway({
    options,
    faults,
    io,
    openRules: () => openRules(options, io),
    registryOf: (uplink, name) => registryFor(placesOf(config, uplink), name),
    onProblem: (message) => logger.error({ message }, 'phantom-guard: @{message}'),
  });
  for (const fault of faults) logger.error({ fault }, 'phantom-guard blocks everything: @{fault}');
  gateways.set(config, gateway);
  void gateway.settled('');
  return gateway;
}

/** Those under `filters` and those under `middlewares` together. */
function pluginOptions(config: VerdaccioConfig): Readonly<Record<string, unknown>> {
  return Object.assign(
    {},
    ...['filters', 'middlewares'].flatMap((category) => {
      const plugins = recordIn(config, category);
      return Object.keys(plugins ?? {})
        .filter((key) => PLUGIN.test(key))
        .map((key) => recordIn(plugins, key) ?? {});
    }),
  ) as Readonly<Record<string, unknown>>;
}

/** The registry of an uplink stands for all names that come from it. */
function placesOf(config: VerdaccioConfig, uplink: string) {
  const url = recordIn(recordIn(config, 'uplinks'), uplink)?.['url'];
  const registry = typeof url === 'string' ? `${url.replace(/\/+$/, '')}/` : PUBLIC_REGISTRY;
  return { registry, publicRegistry: PUBLIC_REGISTRY, scopeRegistries: {}, userScopes: [] };
}

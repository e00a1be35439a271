import path from 'node:path';
import { silentIo } from '../api/silent-io.js';
import { createGateway, type Gateway } from './gateway.js';
import { recordIn } from './manifest.js';
import { createMiddleware } from './middleware.js';
import { parseOptions } from './options.js';
import { openRules } from './rules.js';
import { registryOfUplink } from './uplink-registry.js';
import type { Logger, VerdaccioConfig } from './verdaccio.js';

export { createMiddleware };

/** Two plugins, a filter and a middleware, are one gateway: by the configuration of the Verdaccio that loads them. */
const gateways = new WeakMap<VerdaccioConfig, Gateway>();

const CATEGORIES = ['filters', 'middlewares'];
/** The key of the plugin below each of them. */
const PLUGIN = /^(?:verdaccio-)?phantom-guard$/;

/** The gateway of a Verdaccio. Never throws: what is wrong with the options blocks everything and shows in its health. */
export function gatewayOf(config: VerdaccioConfig, logger: Logger): Gateway {
  const known = gateways.get(config);
  if (known !== undefined) return known;
  const file = [config['configPath'], config['self_path'], config['config_path']].find(
    (one): one is string => typeof one === 'string',
  );
  const parsed = parseOptions(pluginOptions(config), path.dirname(file ?? ''));
  const { options } = parsed;
  const faults = [...parsed.faults, ...missingEntries(config)];
  const io = silentIo({});
  const gateway = createGateway({
    options,
    faults,
    io,
    openRules: () => openRules(options, io),
    registryOf: (uplink, name) => registryOfUplink(config, uplink, name),
    onProblem: (message) => logger.error({ message }, 'phantom-guard: @{message}'),
  });
  for (const fault of faults) logger.error({ fault }, 'phantom-guard blocks everything: @{fault}');
  gateways.set(config, gateway);
  void gateway.settled('');
  return gateway;
}

/** Without the filter documents pass as they are, and without the middleware tarballs do. Verdaccio 6 knows one name alone. */
function missingEntries(config: VerdaccioConfig): readonly string[] {
  const keys = [...new Set(CATEGORIES.flatMap((category) => keysOf(config, category)))];
  return keys.flatMap((key) =>
    CATEGORIES.filter((category) => !keysOf(config, category).includes(key)).map(
      (category) => `${key} has to stand under ${category} in Verdaccio's configuration, too`,
    ),
  );
}

function keysOf(config: VerdaccioConfig, category: string): readonly string[] {
  return Object.keys(recordIn(config, category) ?? {}).filter((key) => PLUGIN.test(key));
}

/** Those under `filters` and those under `middlewares` together. */
function pluginOptions(config: VerdaccioConfig): Readonly<Record<string, unknown>> {
  return Object.assign(
    {},
    ...CATEGORIES.flatMap((category) =>
      keysOf(config, category).map((key) => recordIn(recordIn(config, category), key) ?? {}),
    ),
  ) as Readonly<Record<string, unknown>>;
}

import type { RegistryRef } from '../model/facts.js';
import type { PackageName } from '../model/package-name.js';
import { registryFor } from '../registry/settings.js';
import { recordIn } from './manifest.js';
import type { VerdaccioConfig } from './verdaccio.js';

const PUBLIC_REGISTRY = 'https://registry.npmjs.org/';
/** Stands for an uplink that is not in the configuration any more. It may have been private: its names go nowhere. */
const UNKNOWN_REGISTRY = 'https://uplink.invalid/';

/** The registry behind an uplink, which stands for all names that come from it. */
export function registryOfUplink(config: VerdaccioConfig, uplink: string, name: PackageName): RegistryRef {
  const url = recordIn(recordIn(config, 'uplinks'), uplink)?.['url'];
  const registry = typeof url === 'string' ? `${url.replace(/\/+$/, '')}/` : UNKNOWN_REGISTRY;
  return registryFor(
    { registry, publicRegistry: PUBLIC_REGISTRY, scopeRegistries: {}, userScopes: [] },
    name,
  );
}

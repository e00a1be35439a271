import type { CacheKey } from '../cache/cache-key.js';
import type { Input } from '../inputs/input.js';
import { noteTrace, traceInputs } from '../inputs/trace.js';
import type { RegistrySettingsOptions } from '../registry/read-npm-config.js';
import type { RegistryPlaces, RegistrySettings } from '../registry/settings.js';
import { readKept } from '../remember/read-kept.js';
import { verdictKey } from '../remember/verdict-key.js';
import type { Io } from './io.js';
import { TOOL } from './tool.js';

type Kept = { readonly inputs: readonly Input[]; readonly places: RegistryPlaces };

/** Inside the store's folder: one file for each project and environment. */
const FOLDER = 'registries-v1';

/**
 * Which registries are responsible here. npm's own library says it, which takes 40 ms to load and to read its layers:
 * its answer is kept, without credentials, for as long as every file and variable that it was read from is the same.
 *
 * @param store its folder, absolute; `null` = nothing is kept
 * @param read reads all settings, where they are not known
 * @throws what `read` throws
 */
export async function registryPlaces(
  store: { readonly storeDir: string; readonly cacheKey: CacheKey } | null,
  { env, home }: Pick<Io, 'env' | 'home'>,
  { cwd, argv, pnpm }: RegistrySettingsOptions,
  read: () => Promise<RegistrySettings>,
): Promise<RegistryPlaces> {
  if (store === null) return await read();
  const place = { ...store, folder: FOLDER };
  const key = verdictKey({ place: cwd, settings: ['registries', argv, pnpm], tool: TOOL, env, home });
  const kept = readKept<Kept>(place, key, env);
  if (kept !== null) {
    noteTrace({ inputs: kept.inputs, untilMs: Number.POSITIVE_INFINITY, isRepeatable: true });
    return kept.places;
  }
  const { result, trace } = await traceInputs(read);
  noteTrace(trace);
  const { registry, publicRegistry, scopeRegistries, userScopes } = result;
  const places: RegistryPlaces = { registry, publicRegistry, scopeRegistries, userScopes };
  if (trace.isRepeatable) {
    const { writeKept } = await import('../remember/write-kept.js');
    const made: Kept = { inputs: trace.inputs, places };
    await writeKept(place, key, made);
  }
  return places;
}

import { basename } from 'node:path';
import { unreadableManifest } from './manifest.js';
import { NO_YAML_REGISTRIES, parseYamlRegistries, type YamlRegistries } from './pnpm/pnpm-registries.js';
import { readTextIfPresent } from './read-text.js';

/** Reads the registries of a pnpm-workspace.yaml or config.yaml; an absent file names none. @throws GuardError MANIFEST_UNREADABLE */
export async function readYamlRegistries(path: string): Promise<YamlRegistries> {
  const input = await readTextIfPresent(path);
  // Most files name none, and the library takes 10 ms to load. YAML may write a key with escapes.
  if (input === null || !/registr|\\/i.test(input.text)) return NO_YAML_REGISTRIES;
  const fail = unreadableManifest(basename(path));
  const { parseYaml } = await import('./pnpm/parse-yaml.js');
  const [document] = await parseYaml(input, fail);
  return parseYamlRegistries(document, fail);
}

import { type Fail, fieldAt, recordAt, stringAt } from '../shape.js';

/** The registries that a pnpm-workspace.yaml or a config.yaml names, by the keys of npm: `registry`, `@scope:registry`. */
export type YamlRegistries = {
  /** `registry`, of which pnpm knows since 11. */
  readonly registry: string | null;
  /** `registries`, of which it knows since 10.6: `default` under `registry`. */
  readonly registries: Readonly<Record<string, string>>;
};

export const NO_YAML_REGISTRIES: YamlRegistries = { registry: null, registries: {} };

/** Reads them from a parsed YAML document. */
export function parseYamlRegistries(document: unknown, fail: Fail): YamlRegistries {
  const root = recordAt(document, 'the document', fail);
  const map = fieldAt(root['registries'], 'registries', 'the document', fail);
  const named = Object.keys(map).flatMap((key): [string, string][] => {
    const url = stringAt(map[key], key, 'registries', fail);
    return url === null ? [] : [[key === 'default' ? 'registry' : `${key}:registry`, url]];
  });
  return {
    registry: stringAt(root['registry'], 'registry', 'the document', fail),
    registries: Object.fromEntries(named),
  };
}

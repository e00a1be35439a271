import type { NpmLayer, NpmLayerName } from '../registry/npm-layers.js';

/** A setting, and who decided it. */
export type NpmSetting = {
  readonly value: unknown;
  readonly layer: NpmLayerName;
  readonly source: string;
};

/** What holds after all layers; `null` = nobody sets it. */
export function settingOf(layers: readonly NpmLayer[], key: string): NpmSetting | null {
  return settingsOf(layers, key)[0] ?? null;
}

/** Everybody who sets it, strongest first. */
export function settingsOf(layers: readonly NpmLayer[], key: string): readonly NpmSetting[] {
  return layers.flatMap(({ name, source, values }) =>
    Object.hasOwn(values, key) ? [{ value: values[key], layer: name, source }] : [],
  );
}

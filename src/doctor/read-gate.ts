import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { NpmLayer } from '../registry/npm-layers.js';
import type { Places } from '../wiring/places.js';
import { isExecutable } from './find-on-path.js';
import { type NpmSetting, settingsOf } from './npm-setting.js';

/** The script gate, as far as npm's configuration names it. */
export type GateState = {
  /** The `script-shell` that npm uses here, whoever's it is. */
  readonly effective: NpmSetting | null;
  /** The gate that somebody has set, though a stronger layer may replace it. */
  readonly ours: NpmSetting | null;
  readonly isEffective: boolean;
  /** The file is there and npm can run it. */
  readonly isRunnable: boolean;
  /** The guard that it asks is there. */
  readonly hasGuard: boolean;
};

export async function readGate(layers: readonly NpmLayer[], { scriptShell }: Places): Promise<GateState> {
  const settings = settingsOf(layers, 'script-shell').filter(
    ({ value }) => typeof value === 'string' && value !== '',
  );
  const ours = settings.find(({ value }) => isGate(String(value), scriptShell)) ?? null;
  const [effective = null] = settings;
  const file = ours === null ? null : String(ours.value);
  return {
    effective,
    ours,
    isEffective: ours !== null && effective === ours,
    isRunnable: file !== null && (await isExecutable(file)),
    hasGuard: file !== null && existsSync(path.join(path.dirname(file), '..', 'dist', 'cli.js')),
  };
}

/** The gate of the user's install, or that of another copy of this package. */
function isGate(file: string, scriptShell: string): boolean {
  if (!path.isAbsolute(file)) return false;
  return file === scriptShell || /[\\/]phantom-guard-install[\\/]hooks[\\/]script-shell$/.test(real(file));
}

function real(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

import type { ConfigFile } from '../../../src/config/config-file.js';
import { parseConfig } from '../../../src/config/parse-config.js';
import { GuardError } from '../../../src/errors.js';
import type { PolicySource } from '../../../src/policy/policy.js';

/** A project's own configuration file; an object is written as JSON. */
export function configFile(content: string | object, source: PolicySource = 'project'): ConfigFile {
  const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
  const label = 'phantom-guard.config.json';
  return { path: `/srv/app/${label}`, label, text, hasBom: false, source, keyPath: [] };
}

/** A package.json with its configuration. */
export function manifestFile(text: string): ConfigFile {
  const label = 'package.json';
  return { ...configFile(text), path: `/srv/app/${label}`, label, keyPath: ['phantomGuard'] };
}

/** The error of parsing; fails where there is none. */
export function problemOf(file: ConfigFile): GuardError {
  try {
    parseConfig(file);
  } catch (error) {
    if (error instanceof GuardError) return error;
    throw error;
  }
  throw new Error(`accepted: ${file.text}`);
}

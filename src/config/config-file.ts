import type { PolicySource } from '../policy/policy.js';

/** The text of a file that holds a configuration. */
export type ConfigFile = {
  /** Absolute, as it was looked for: links are not resolved. */
  readonly path: string;
  /** The name to call it by in messages. */
  readonly label: string;
  /** Without a byte order mark. */
  readonly text: string;
  readonly hasBom: boolean;
  readonly source: PolicySource;
  /** Where in the document the configuration is: `[]`, or `['phantomGuard']` in a package.json. */
  readonly keyPath: readonly string[];
};

export const PROJECT_FILE = 'phantom-guard.config.json';
export const MANIFEST_FILE = 'package.json';
export const MANIFEST_KEY = 'phantomGuard';
/** The files of a project that may hold its configuration. */
export const CONFIG_FILES: readonly string[] = [PROJECT_FILE, MANIFEST_FILE];
export const SCHEMA_URL = 'https://unpkg.com/phantom-guard-install/schemas/config.schema.json';

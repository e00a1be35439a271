import type { ToolInfo } from '../report/build-report.js';

/** Set by the build from package.json. */
declare const __PHANTOM_GUARD_VERSION__: string | undefined;

/** Set by the build from the bundled names. */
declare const __PHANTOM_GUARD_DATA_DATE__: string | undefined;

/** The program as it names itself in reports. */
export const TOOL: ToolInfo = {
  name: 'phantom-guard-install',
  version: typeof __PHANTOM_GUARD_VERSION__ === 'string' ? __PHANTOM_GUARD_VERSION__ : '0.0.0-source',
  dataDate: typeof __PHANTOM_GUARD_DATA_DATE__ === 'string' ? __PHANTOM_GUARD_DATA_DATE__ : null,
};

/** The package manager that runs a script, as it names itself in `npm_config_user_agent`. */
export type ScriptRunner = { readonly name: string; readonly version: string };

/** Reads `npm/10.9.9 node/v20.20.2 …`; `null` when no manager says that it runs this. */
export function scriptRunner(userAgent: string | undefined): ScriptRunner | null {
  const [, name, version] = /^([a-z]+)\/(\d+\.\d+\.\d+\S*)/.exec(userAgent ?? '') ?? [];
  return name === undefined || version === undefined ? null : { name, version };
}

/** Whether this manager runs the root's `preinstall` before it gets any tarball: npm 12, pnpm 11.28 and 12.6. */
export function preinstallComesFirst({ name, version }: ScriptRunner): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (name === 'npm') return major >= 12;
  if (name !== 'pnpm') return false;
  return major > 12 || (major === 12 && minor >= 6) || (major === 11 && minor >= 28);
}

/**
 * The package that `npm init NAME` (`npm create NAME`) runs: `create-NAME`, `@scope/create`, `@scope/create-NAME`, each
 * with the version that was asked for. What is no name of a registry stays as it is.
 * https://docs.npmjs.com/cli/commands/npm-init
 */
export function initializerSpec(spec: string): string {
  if (/[:\\]|^[./~]/.test(spec)) return spec;
  const at = spec.indexOf('@', 1);
  const [name, version] = at < 0 ? [spec, ''] : [spec.slice(0, at), spec.slice(at)];
  if (!name.startsWith('@')) return name.includes('/') ? spec : `create-${name}${version}`;
  const slash = name.indexOf('/');
  if (slash < 0) return `${name}/create${version}`;
  const base = name.slice(slash + 1);
  return `${name.slice(0, slash)}/create${base === '' ? '' : `-${base}`}${version}`;
}

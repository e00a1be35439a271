import npa from 'npm-package-arg';

/** Where a package comes from that no registry serves. */
export type ExoticOrigin = {
  /** `null` = only package.json there says it. */
  readonly name: string | null;
  /** As in a lockfile, but for the commit. */
  readonly resolved: string;
};

/** @param name the key of the dependency; `null` = a word of a command line, which may hold it */
export function exoticOrigin(name: string | null, spec: string): ExoticOrigin | null {
  const parsed = parse(name, spec);
  if (parsed === null || (parsed.type !== 'git' && parsed.type !== 'remote')) return null;
  const resolved = parsed.type === 'remote' ? String(parsed.fetchSpec) : gitUrl(parsed);
  return { name: name ?? parsed.name, resolved };
}

/** Whether it names a git repository or a URL. */
export function isExotic(name: string | null, spec: string): boolean {
  return exoticOrigin(name, spec) !== null;
}

/** As npm writes it into a lockfile, but for the commit. */
function gitUrl({ hosted, saveSpec, rawSpec }: npa.Result): string {
  const url = hosted === undefined ? (saveSpec ?? rawSpec) : (hosted as unknown as Hosted).sshurl();
  return url.startsWith('git') ? url : `git+${url}`;
}

/** What the types of npm-package-arg leave out. */
type Hosted = { readonly sshurl: () => string };

function parse(name: string | null, spec: string): npa.Result | null {
  if (!/[/:]/.test(spec)) return null;
  try {
    return name === null ? npa(spec) : npa.resolve(name, spec);
  } catch {
    return null;
  }
}

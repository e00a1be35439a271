/** What a tarball's URL says by its form. */
export type TarballUrl = {
  readonly host: string;
  /** Plain http to another machine. */
  readonly isInsecure: boolean;
  /** The package whose tarball a registry would serve under it; `null` where it has no form that registries use. */
  readonly name: string | null;
  /** `null` where the form does not hold it. */
  readonly version: string | null;
};

/** `…/@s/n/-/n-1.0.0.tgz`; some registries repeat the scope before the file's name. */
const FILE = /^(.*)\/-\/(?:@[^/]+\/)?([^/]+)\.tgz$/i;
/** `…/download/@s/n/1.0.0/hash` of GitHub, `…/~/11/@jsr/s__n/1.0.0.tgz` of JSR. */
const DOWNLOAD = /\/(?:download|~\/\d{1,9})\/(@[^/]+\/[^/@]+|[^/@]+)\/([^/]+?)(?:\.tgz|\/[^/]*)?$/i;
/** `…/@s/n/download/@s/n-1.0.0.tgz` of cnpm. */
const CNPM = /\/((?:@[^/]+\/)?[^/@]+)\/download\/(?:@[^/]+\/)?([^/]+)\.tgz$/i;
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Reads the URL of a tarball; `null` for everything but http and https. */
export function parseTarballUrl(raw: string): TarballUrl | null {
  if (!/^https?:/i.test(raw) || !URL.canParse(raw)) return null;
  const { host, hostname, pathname, protocol } = new URL(raw);
  const isInsecure = protocol === 'http:' && !LOOPBACK.test(hostname);
  return { host, isInsecure, ...readPath(decode(pathname)) };
}

/** The path of a tarball below a registry's base URL, in npm's form. */
export function tarballPath(name: string, version: string): string {
  return `${name}/-/${name.slice(name.indexOf('/') + 1)}-${version}.tgz`;
}

function readPath(path: string): Pick<TarballUrl, 'name' | 'version'> {
  const [, folder, file] = FILE.exec(path) ?? [];
  if (folder !== undefined && file !== undefined) {
    const name = nameAtEnd(folder);
    return { name, version: versionIn(file, name) };
  }
  const [, cnpmName, cnpmFile] = CNPM.exec(path) ?? [];
  if (cnpmName !== undefined && cnpmFile !== undefined)
    return { name: cnpmName, version: versionIn(cnpmFile, cnpmName) };
  const [, name = null, version = null] = DOWNLOAD.exec(path) ?? [];
  return { name, version };
}

/** `n-1.0.0`; some registries call the file `s-n-1.0.0`, of which only the end is known. */
function versionIn(file: string, name: string): string | null {
  const base = `${name.slice(name.indexOf('/') + 1)}-`;
  return file.startsWith(base) ? file.slice(base.length) : null;
}

function nameAtEnd(folder: string): string {
  const base = folder.lastIndexOf('/');
  const scope = folder.lastIndexOf('/', base - 1);
  return folder.slice(folder[scope + 1] === '@' ? scope + 1 : base + 1);
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

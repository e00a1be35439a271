/** npm's registry layout: `…/name/-/name-1.0.0.tgz`. */
export function isRegistryTarball(url: string): boolean {
  return /\/-\/(?:@[^/]+\/)?[^/]+\.tgz$/i.test(withoutQuery(url));
}

/** The archives that Git hosts make of a commit, and git over http. */
export function isGitTarball(url: string): boolean {
  return (
    /^https?:\/\/codeload\.github\.com\//i.test(url) ||
    /^https?:\/\/gitlab\.com\/.*\/repository\/archive/i.test(url) ||
    /^https?:\/\/bitbucket\.org\/[^/]+\/[^/]+\/get\//i.test(url) ||
    url.slice(0, cut(url, '#')).toLowerCase().endsWith('.git')
  );
}

/** The part of a URL before `?` and `#`. */
export function withoutQuery(url: string): string {
  return url.slice(0, Math.min(cut(url, '?'), cut(url, '#')));
}

function cut(url: string, mark: string): number {
  const at = url.indexOf(mark);
  return at < 0 ? url.length : at;
}

/** npm's registry layout: `…/name/-/name-1.0.0.tgz`. */
export function isRegistryTarball(url: string): boolean {
  return /\/-\/(?:@[^/]+\/)?[^/]+\.tgz(?:[?#].*)?$/i.test(url);
}

/** The archives that Git hosts make of a commit, and git over http. */
export function isGitTarball(url: string): boolean {
  return (
    /^https?:\/\/codeload\.github\.com\//i.test(url) ||
    /^https?:\/\/gitlab\.com\/.*\/repository\/archive/i.test(url) ||
    /^https?:\/\/bitbucket\.org\/[^/]+\/[^/]+\/get\//i.test(url) ||
    /\.git(?:#.*)?$/i.test(url)
  );
}

/** How a file is read. */
export type FileKind =
  | 'markdown'
  | 'mdx'
  | 'script'
  | 'component'
  | 'yaml'
  | 'dockerfile'
  | 'groovy'
  | 'shell'
  | 'manifest';

const BY_EXTENSION: readonly (readonly [FileKind, RegExp])[] = [
  ['mdx', /\.mdx$/i],
  ['markdown', /\.(?:md|markdown|mdown|mkdn?|mdc)$/i],
  ['script', /\.(?:[cm]?[jt]s|[jt]sx)$/i],
  ['component', /\.(?:vue|svelte|astro)$/i],
  ['dockerfile', /(?:^|\/)(?:Docker|Container)file(?:\.[^/]+)?$|\.(?:docker|container)file$/i],
  ['groovy', /(?:^|\/)Jenkinsfile(?:\.[^/]+)?$|\.jenkinsfile$/i],
  ['shell', /\.(?:sh|bash|zsh)$/i],
  ['manifest', /(?:^|\/)package\.json$/],
];

/** Instructions for agents that are no Markdown by their name, but are written in it. */
const FOR_AGENTS =
  /(?:^|\/)(?:\.(?:cursor|windsurf|cline|roo)rules|\.(?:clinerules|roo\/rules|windsurf\/rules)\/[^/]+\.txt|(?:AGENTS?|CLAUDE|GEMINI|SKILL|README)(?:\.txt)?)$/i;

const OF_CI =
  /^(?:\.github\/(?:workflows|actions)\/.+|action|\.gitlab-ci|\.gitlab\/.+|azure-pipelines[^/]*|\.azure\/.+|\.circleci\/.+|\.travis|bitbucket-pipelines|\.drone|\.woodpecker(?:\/.+)?|\.?appveyor|cloudbuild|buildspec|\.gitpod|\.buildkite\/.+|\.semaphore\/.+|(?:docker-)?compose[^/]*)\.ya?ml$/i;

/** `null` for a file that is not read. `path` is `/`-separated. */
export function kindOf(path: string): FileKind | null {
  const found = BY_EXTENSION.find(([, pattern]) => pattern.test(path));
  if (found !== undefined) return found[0];
  if (FOR_AGENTS.test(path)) return 'markdown';
  return /\.ya?ml$/i.test(path) && isOfCi(path) ? 'yaml' : null;
}

/** A project may lie anywhere in its repository, with its CI files. */
function isOfCi(path: string): boolean {
  const parts = path.split('/');
  return parts.some((_, index) => OF_CI.test(parts.slice(index).join('/')));
}

import path from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Set by a git that calls us (hooks); they would name another place than the folder that is asked about. */
const OF_THE_CALLER = new Set([
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_COMMON_DIR',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_NAMESPACE',
]);

/** git then writes nothing, asks nobody, fetches nothing, and speaks English. */
const QUIET = {
  LC_ALL: 'C',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_NO_REPLACE_OBJECTS: '1',
};

/** The environment to run git in. A `git` that a package put into node_modules/.bin is not the user's git. */
export function gitEnvironment(env: Environment): Environment {
  const own = Object.entries(env).filter(([name]) => !OF_THE_CALLER.has(name));
  return {
    ...Object.fromEntries(
      own.map(([name, value]) => [name, name.toUpperCase() === 'PATH' ? withoutProjects(value) : value]),
    ),
    ...QUIET,
  };
}

function withoutProjects(value: string | undefined): string | undefined {
  const folders = value?.split(path.delimiter);
  return folders
    ?.filter((folder) => path.isAbsolute(folder) && !/[\\/]node_modules[\\/]\.bin[\\/]*$/.test(folder))
    .join(path.delimiter);
}

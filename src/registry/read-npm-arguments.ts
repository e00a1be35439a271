import { findNpmPath } from './npm-path.js';

/** What npm makes of a command line. */
export type ParsedNpmArguments = {
  /** Words that are no options. */
  readonly remain: readonly string[];
  /** The folder of the project, after `--prefix`, workspaces and the search for a package.json. */
  readonly localPrefix: string;
  /** The folder of global packages. */
  readonly globalPrefix: string;
  /** The value of an option after all layers. */
  readonly get: (key: string) => unknown;
  /** Everything that the command line itself sets, paths made absolute. */
  readonly given: Readonly<Record<string, unknown>>;
  /** The command line itself sets the option. */
  readonly isGiven: (key: string) => boolean;
  /** Anybody sets it: npm's default may differ from command to command. */
  readonly isSet: (key: string) => boolean;
};

/**
 * Reads the arguments after `npm` with npm's own definitions of its options.
 *
 * @throws whatever npm's library throws for a configuration that npm could not use either
 */
export async function parseNpmArguments(
  argv: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ParsedNpmArguments> {
  const { default: Config } = await import('@npmcli/config');
  const { default: definitions } = await import('@npmcli/config/lib/definitions/index.js');
  const config = new Config({
    ...definitions,
    npmPath: await findNpmPath(env, process.execPath),
    // The library writes npm_config_* variables into the environment that it is given.
    env: { ...env },
    argv: ['node', 'npm', ...argv],
    cwd,
    warn: false,
  });
  await config.load();
  return {
    remain: config.parsedArgv.remain,
    localPrefix: config.localPrefix,
    globalPrefix: config.globalPrefix,
    get: (key) => config.get(key),
    given: { ...config.data.get('cli')?.data },
    isGiven: (key) => config.find(key) === 'cli',
    isSet: (key) => config.find(key) !== 'default',
  };
}

/** npm's options, for programs that read them in their own way. */
export async function npmOptionTable(): Promise<{
  readonly isSwitch: (option: string) => boolean;
  readonly expand: (option: string) => readonly string[] | null;
}> {
  const { default: library } = await import('@npmcli/config/lib/definitions/index.js');
  const { definitions, shorthands } = library;
  return {
    isSwitch: (option) => {
      const type = definitions[option.replace(/^no-/, '')]?.type;
      return type === Boolean || (Array.isArray(type) && type.includes(Boolean));
    },
    expand: (option) => (Object.hasOwn(shorthands, option) ? (shorthands[option] ?? null) : null),
  };
}

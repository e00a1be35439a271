import type { PolicySource } from '../policy/policy.js';
import type { ConfigFile } from './config-file.js';
import { type EarlierProject, findEarlierConfig } from './earlier-config.js';
import { findProjectConfig, findUserConfig, readNamedConfig } from './find-config.js';
import { mergeLevels } from './merge-levels.js';
import type { ConfigLevel, Settings } from './settings.js';
import type { UserPlace } from './user-config-path.js';

export type ConfigRequest = UserPlace & {
  /** The folder of the project, absolute; `null` where none is known. */
  readonly projectDir: string | null;
  /** The value of `--config`, absolute: takes the place of the project's own configuration. */
  readonly configFile: string | null;
  /** Takes the place of what the project's own configuration says on the disk; `null` = nothing does. */
  readonly earlier?: EarlierProject | null;
};

export type LoadedConfig = Settings & {
  /** The files that were read, the user's first. */
  readonly files: readonly { readonly path: string; readonly source: PolicySource }[];
};

/**
 * Reads, checks and merges the configurations of user and project. Without any it costs three looks at the disk.
 *
 * @throws GuardError CONFIG_UNREADABLE, CONFIG_INVALID
 */
export async function loadConfig(request: ConfigRequest): Promise<LoadedConfig> {
  const [user, project] = await Promise.all([findUserConfig(request), findProjectLevel(request)]);
  const theirs = await projectLevel(project, request);
  const settings = mergeLevels(await levelOf(user), theirs.level, { isChosen: request.configFile !== null });
  const files = [user, project].filter((file) => file !== null);
  return {
    ...settings,
    notices: [...theirs.notices, ...settings.notices],
    files: files.map(({ path, source }) => ({ path, source })),
  };
}

type ProjectLevel = { readonly level: ConfigLevel | null; readonly notices: readonly string[] };

/** Whoever changes a project could else weaken its policy in the very change that needs it. */
async function projectLevel(
  now: ConfigFile | null,
  { projectDir, configFile, earlier = null }: ConfigRequest,
): Promise<ProjectLevel> {
  const level = await levelOf(now);
  if (earlier === null || projectDir === null || configFile !== null) return { level, notices: [] };
  const then = await levelOf(findEarlierConfig(projectDir, earlier));
  if (JSON.stringify(then) === JSON.stringify(level)) return { level, notices: [] };
  const { ref } = earlier;
  const notice = `The project's configuration is not what it was at ${ref}, and that of ${ref} counts here.`;
  return { level: then, notices: [notice] };
}

async function findProjectLevel({ projectDir, configFile }: ConfigRequest): Promise<ConfigFile | null> {
  if (configFile !== null) return await readNamedConfig(configFile);
  return projectDir === null ? null : await findProjectConfig(projectDir);
}

/** The parser brings the JSON and schema libraries, so only where there is something to parse. */
async function levelOf(file: ConfigFile | null): Promise<ConfigLevel | null> {
  return file && (await import('./parse-config.js')).parseConfig(file);
}

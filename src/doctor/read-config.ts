import { loadConfig } from '../config/load-config.js';
import { GuardError } from '../errors.js';

/** The guard's own configuration, as far as it can make the guard say yes without knowing. */
export type ConfigFacts = {
  readonly files: readonly string[];
  /** What happens here where a registry can't be asked; `null` = it blocks. */
  readonly onUnavailable: 'warn' | 'allow' | null;
  readonly problem: { readonly message: string; readonly hint: string } | null;
};

type ConfigRequest = {
  readonly project: string;
  readonly isCi: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
};

export async function readConfig({
  project,
  isCi,
  env,
  home,
  platform,
}: ConfigRequest): Promise<ConfigFacts> {
  try {
    const config = await loadConfig({ projectDir: project, configFile: null, env, home, platform });
    const action = config.onUnavailable[isCi ? 'ci' : 'interactive'];
    return {
      files: config.files.map((file) => file.path),
      onUnavailable: action === 'warn' || action === 'allow' ? action : null,
      problem: null,
    };
  } catch (error) {
    if (!(error instanceof GuardError)) throw error;
    return { files: [], onUnavailable: null, problem: { message: error.message, hint: error.hint } };
  }
}

import type { Facts } from './facts.js';
import type { Finding, FindingCode } from './finding.js';
import { settingOf } from './npm-setting.js';

/** What npm itself and its configuration make of the guards. */
export function findInNpm(facts: Facts): readonly Finding[] {
  return [...findVersion(facts), ...findIgnoredScripts(facts), ...findProjectSettings(facts)];
}

function findVersion({ npm }: Facts): readonly Finding[] {
  if (npm === null)
    return [
      {
        code: 'NPM_MISSING',
        message: 'there is no npm on the PATH',
        fix: 'install Node, or put its folder on the PATH',
      },
    ];
  if (npm.major !== null && npm.major >= 10 && npm.major <= 12) return [];
  const message = `npm ${npm.version ?? 'of an unknown version'} was not tested with any guard; npm 10, 11 and 12 were`;
  return [{ code: 'NPM_VERSION', message, fix: 'npm install -g npm@11', file: npm.path }];
}

function findIgnoredScripts({ layers }: Facts): readonly Finding[] {
  const setting = settingOf(layers, 'ignore-scripts');
  if (setting?.value !== true) return [];
  const message = 'ignore-scripts=true: npm calls neither the preinstall script nor the script gate';
  const fix =
    setting.layer === 'env'
      ? 'unset npm_config_ignore_scripts'
      : `npm config delete ignore-scripts --location=${setting.layer}`;
  return [
    {
      code: 'IGNORE_SCRIPTS',
      message: `${message}; "npm rebuild" later runs what was skipped`,
      fix,
      file: setting.source,
    },
  ];
}

const PROJECT_SETTINGS: readonly {
  readonly code: FindingCode;
  readonly key: RegExp;
  readonly says: (key: string) => string;
}[] = [
  {
    code: 'PROJECT_REGISTRY',
    key: /^registry$/,
    says: () => "the project's .npmrc names the registry: it also decides what the guard is told",
  },
  {
    code: 'PROJECT_SCOPE_REGISTRY',
    key: /^@[^:]+:registry$/,
    says: (key) =>
      `the project's .npmrc sets ${key}: it wins over npm_config_registry, and the guard asks there too`,
  },
  {
    code: 'PROJECT_PROXY',
    key: /^(?:noproxy|proxy|https-proxy)$/,
    says: (key) => `the project's .npmrc sets ${key}: requests take another way than those of this user`,
  },
  {
    code: 'PROJECT_SCRIPT_SHELL',
    key: /^script-shell$/,
    says: () =>
      "the project's .npmrc sets script-shell: what is named there runs every script, and replaces the script gate of the user's .npmrc",
  },
  {
    code: 'PROJECT_NO_LOCKFILE',
    key: /^package-lock$/,
    says: () =>
      'package-lock=false: npm ignores lockfiles, so that what is installed may differ from what was judged',
  },
];

function findProjectSettings({ layers }: Facts): readonly Finding[] {
  const project = layers.find(({ name }) => name === 'project');
  return Object.entries(project?.values ?? {}).flatMap(([key, value]): Finding[] => {
    const known = PROJECT_SETTINGS.find((one) => one.key.test(key));
    if (known === undefined || (known.code === 'PROJECT_NO_LOCKFILE' && value !== false)) return [];
    const fix = `npm config delete ${key} --location=project`;
    return [{ code: known.code, message: known.says(key), fix, file: project?.source ?? '.npmrc' }];
  });
}

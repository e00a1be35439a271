import type { LoadedConfig } from '../config/load-config.js';

/** What the user should hear about the configuration before believing the verdicts, one sentence each. */
export function configNotices({ notices, mirrors }: LoadedConfig): readonly string[] {
  const theirs = mirrors.filter(({ source }) => source === 'project').map(({ url }) => new URL(url).host);
  return [
    ...notices,
    ...(theirs.length === 0
      ? []
      : [`The project's configuration takes tarballs from ${theirs.join(', ')} for those of the registry.`]),
  ];
}

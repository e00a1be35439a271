import type { DependencyRequest } from '../lockfile/dependency-request.js';

const NAMED = /^(@[^/@\s]+\/[^/@\s]+|[^/@:\s.][^/@:\s]*)(?:@(.*))?$/;

/** What the command line of npm asks for, before package.json and lockfile say it. */
export type CommandWords = {
  readonly requests: readonly DependencyRequest[];
  /** A spec without a name (a path, a URL): nobody can tell which package on the disk came of it. */
  readonly nameless: string | null;
};

/** Reads the words after the command, such as `left-pad@1`, `y@npm:z@1`, `./a.tgz` and `user/repository`. */
export function readCommandWords(words: readonly string[]): CommandWords {
  const requests: DependencyRequest[] = [];
  let nameless: string | null = null;
  for (const word of words) {
    const [, key, spec] = NAMED.exec(word) ?? [];
    if (key !== undefined && !/\.(?:tgz|tar\.gz|tar)$/i.test(word)) {
      requests.push({ key, spec: spec === undefined || spec === '' ? '*' : spec, kind: 'prod' });
    } else nameless ??= word;
  }
  return { requests, nameless };
}

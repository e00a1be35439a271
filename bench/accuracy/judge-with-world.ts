import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseCommandLine } from '../../src/cli/parse-command-line.js';
import { composeWorld } from '../../src/compose.js';
import { readTree } from '../../src/lockfile/read-tree.js';
import type { Verdict } from '../../src/model/verdict.js';
import { createNameJudge, type NameJudge } from '../../src/names/judge-name.js';
import type { NameData } from '../../src/names/name-data.js';
import { judgeTree } from '../../src/pipeline.js';
import { DEFAULT_POLICY } from '../../src/policy/policy.js';
import { fakeIo } from '../../test/support/fake-io.js';
import { hideName } from '../names/hidden-name.js';

// Everything that the bench needs of the pipeline is in this file.

export type JudgeOptions = {
  /** The options of `check`, as on its command line. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** Names that the bundled data shall not know, each in turn; `null` = it knows what it knows. */
  readonly hidden: { readonly names: ReadonlySet<string>; readonly data: NameData } | null;
};

/** Judges what `lockfile` (absolute path) installs, with the adapters of `check` and the usual policy. */
export async function judgeWithWorld(lockfile: string, options: JudgeOptions): Promise<readonly Verdict[]> {
  const tree = await readTree(lockfile);
  const { io } = fakeIo({ env: options.env });
  const { options: parsed } = parseCommandLine(['check', ...options.argv]);
  const world = await composeWorld(parsed, io, {
    projectDir: path.dirname(lockfile),
    policy: DEFAULT_POLICY,
    feeds: [],
    askAlways: false,
    nowMs: options.nowMs,
    signal: io.signal,
  });
  const judgeName = options.hidden === null ? world.ports.judgeName : judgeHidden(options.hidden);
  try {
    const { verdicts } = await judgeTree(tree, { ...world.ports, judgeName }, DEFAULT_POLICY, {
      nowMs: options.nowMs,
      signal: io.signal,
      onProgress: () => undefined,
    });
    return verdicts;
  } finally {
    await world.close();
    rmSync(io.home, { recursive: true, force: true });
  }
}

/** As if each of the names had been registered after the snapshot. */
function judgeHidden({ names, data }: NonNullable<JudgeOptions['hidden']>): NameJudge {
  return (name, isDirect) => {
    if (!names.has(name)) return createNameJudge(data)(name, isDirect);
    const without = {
      ...hideName(data, name),
      existedAtSnapshot: (asked: string) => asked !== name && data.existedAtSnapshot(asked),
    };
    return createNameJudge(without)(name, isDirect);
  };
}

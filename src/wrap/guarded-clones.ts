import { hookFile, quoted } from './download-desk.js';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The environment of an npm that has the guard install what it would install in the clone of a git dependency, to prepare it.
 *
 * @param words options of ours, for the guard in there
 */
export function guardingClones(env: Env, words: readonly string[]): Env {
  const earlier = env['NODE_OPTIONS'] ?? '';
  return {
    ...env,
    NODE_OPTIONS: `${earlier} --require ${quoted(hookFile('prepare-clone.cjs'))}`.trim(),
    PHANTOM_GUARD_NODE_OPTIONS: earlier,
    PHANTOM_GUARD_PREPARE: JSON.stringify(words),
  };
}

/** The inverse, for programs that are no npm. */
export function withoutGuardingClones(env: Env): Env {
  const { PHANTOM_GUARD_NODE_OPTIONS: earlier, PHANTOM_GUARD_PREPARE: _, NODE_OPTIONS: __, ...rest } = env;
  return earlier === undefined || earlier === '' ? rest : { ...rest, NODE_OPTIONS: earlier };
}
